#!/bin/sh
# Submits a run of one task with kcat alone and prints what became of it. Ends with 0 when it SUCCEEDED.
#   kcat/run.sh RUN_ID [BROKERS]
set -eu
run=${1:?usage: run.sh RUN_ID [BROKERS]}
brokers=${2:-127.0.0.1:9092}

echo '{"type":"SubmitRun","agent":"echo","input":{"text":"hi"}}' |
  kcat -P -b "$brokers" -t fleet.requests -k "$run"

events() { # what fleet.runs holds of the run so far, one JSON object a line
  kcat -C -b "$brokers" -t fleet.runs -o beginning -e -q -X isolation.level=read_committed -f '%k %s\n' |
    awk -v run="$run" '$1 == run { print substr($0, length(run) + 2) }'
}

tries=0
while [ $tries -lt 60 ]; do
  case $(events) in
    *'"type":"RunCompleted"'* | *'"type":"RunRejected"'*) break ;;
  esac
  tries=$((tries + 1))
  sleep 1
done

events
events | grep '"type":"RunCompleted"' | grep -q '"status":"SUCCEEDED"'
