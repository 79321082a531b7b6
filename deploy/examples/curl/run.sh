#!/bin/sh
# Submits a run of one task over REST and prints what became of it. Ends with 0 when it SUCCEEDED.
#   curl/run.sh RUN_ID [SERVER]
set -eu
run=${1:?usage: run.sh RUN_ID [SERVER]}
server=${2:-http://127.0.0.1:8080}

curl -sS --fail-with-body "$server/api/runs" -H 'Content-Type: application/json' \
  -d "{\"runId\":\"$run\",\"agent\":\"echo\",\"input\":{\"text\":\"hi\"}}" >/dev/null

exec "$(dirname "$0")/await.sh" "$run" "$server"
