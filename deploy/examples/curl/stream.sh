#!/bin/sh
# Submits the tasks on standard input, one JSON object a line and as many as there are, as one run; prints what became of it.
# Ends with 0 when it SUCCEEDED. Breaking it off cancels the run; the same lines again under the same RUN_ID are the same run.
#   generate-tasks | curl/stream.sh RUN_ID [SERVER]
set -eu
run=${1:?usage: stream.sh RUN_ID [SERVER]}
server=${2:-http://127.0.0.1:8080}

# -T - sends what comes as it comes; --data-binary would hold all of it in memory first.
{
  echo "{\"runId\":\"$run\",\"agent\":\"echo\"}"
  cat
} | curl -sS --fail-with-body -X POST -T - "$server/api/runs" -H 'Content-Type: application/x-ndjson' >&2
echo >&2

exec "$(dirname "$0")/await.sh" "$run" "$server"
