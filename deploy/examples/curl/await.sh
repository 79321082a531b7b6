#!/bin/sh
# Waits for the end of a run and prints its outcomes, one JSON object a line, then the run. Ends with 0 when it SUCCEEDED.
#   curl/await.sh RUN_ID [SERVER]
set -eu
run=${1:?usage: await.sh RUN_ID [SERVER]}
server=${2:-http://127.0.0.1:8080}

view=$(curl -sS --fail-with-body "$server/api/runs/$run")
while :; do
  case $view in
    *'"status":"ACCEPTED"'* | *'"status":"RUNNING"'*) sleep 1 ;;
    *) break ;;
  esac
  view=$(curl -sS --fail-with-body "$server/api/runs/$run")
done

curl -sS --fail-with-body "$server/api/runs/$run/results" -H 'Accept: application/x-ndjson'
printf '%s\n' "$view"
case $view in *"\"runId\":\"$run\",\"status\":\"SUCCEEDED\""*) ;; *) exit 1 ;; esac
