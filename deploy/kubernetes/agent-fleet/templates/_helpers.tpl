{{- define "agent-fleet.name" -}}
{{- if contains "agent-fleet" .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{ else }}{{ printf "%s-agent-fleet" .Release.Name | trunc 40 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "agent-fleet.tag" -}}
{{- .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- /* Labels of every object. Takes the root and the component. */ -}}
{{- define "agent-fleet.labels" -}}
{{ include "agent-fleet.selector" . }}
app.kubernetes.io/version: {{ include "agent-fleet.tag" .root | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- define "agent-fleet.selector" -}}
app.kubernetes.io/name: agent-fleet
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- if .pool }}
agent-fleet.dev/pool: {{ .pool }}
{{- end }}
{{- end }}

{{- /* What both services are told of Kafka, as properties. */ -}}
{{- define "agent-fleet.kafka" -}}
kafka.bootstrap.servers={{ .Values.kafka.bootstrapServers }}
{{- range $key, $value := .Values.kafka.settings }}
kafka.{{ $key }}={{ $value }}
{{- end }}
fleet.topics.prefix={{ .Values.topicPrefix }}
quarkus.log.console.json.enabled=true
{{- end }}

{{- /* Of a pod under PodSecurity "restricted". */ -}}
{{- define "agent-fleet.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "agent-fleet.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- /* Takes root, component and, of workers, pool: pods of one kind on different nodes, as far as there are any. */ -}}
{{- define "agent-fleet.spread" -}}
- maxSkew: 1
  topologyKey: kubernetes.io/hostname
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels: {{- include "agent-fleet.selector" . | nindent 6 }}
{{- end }}

{{- /* These three take the name of the secret, if there is one. */ -}}
{{- define "agent-fleet.kafkaMount" -}}
{{- if . }}
- name: kafka
  mountPath: /etc/agent-fleet/kafka
  readOnly: true
{{- end }}
{{- end }}

{{- define "agent-fleet.kafkaVolume" -}}
{{- if . }}
- name: kafka
  secret:
    secretName: {{ . }}
    defaultMode: 0440
{{- end }}
{{- end }}

{{- /* The secret settings are read from a mounted file; the variable says only where it lies. */ -}}
{{- define "agent-fleet.kafkaLocation" -}}
{{- if . }}
- name: SMALLRYE_CONFIG_LOCATIONS
  value: /etc/agent-fleet/kafka/kafka.properties
{{- end }}
{{- end }}

{{- /* Liveness means that its threads move; readiness that it takes work. Takes the port's name. */ -}}
{{- define "agent-fleet.probes" -}}
startupProbe:
  httpGet: {path: /q/health/live, port: {{ . }}}
  periodSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet: {path: /q/health/live, port: {{ . }}}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: {path: /q/health/ready, port: {{ . }}}
  periodSeconds: 5
  timeoutSeconds: 5
{{- end }}
