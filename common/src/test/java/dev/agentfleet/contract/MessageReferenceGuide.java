package dev.agentfleet.contract;

/** The part of the message reference that no class says: how to use it. */
final class MessageReferenceGuide {

    static final String REWRITE = "mvn -B -pl common test -Dtest.args=-Dgolden.write=true -Dtest=MessageReferenceTest";

    private MessageReferenceGuide() {}

    static String text() {
        return GUIDE.replace("{rewrite}", REWRITE)
                .replace("{payload}", Payload.MAX_BYTES / 1024 + " KiB")
                .replace("{reason}", Integer.toString(Failure.MAX_REASON))
                .replace("{failures}", Integer.toString(RunCompleted.MAX_FAILURES))
                .replace("{runId}", "1 to " + RunId.MAX_LENGTH)
                .replace("{duration}", RunOptions.MAX_DURATION.toDays() + " days")
                .replace("{version}", Integer.toString(Message.VERSION))
                .replace("{fleet-run-id}", Headers.RUN_ID)
                .replace("{fleet-task-id}", Headers.TASK_ID)
                .replace("{fleet-attempt}", Headers.ATTEMPT)
                .replace("{fleet-agent}", Headers.AGENT)
                .replace("{fleet-worker-id}", Headers.WORKER_ID)
                .replace("{traceparent}", Headers.TRACEPARENT)
                .replace("{fleet-forwarded}", Headers.FORWARDED)
                .replace("{fleet-reason}", Headers.REASON)
                .replace("{fleet-source-topic}", Headers.SOURCE_TOPIC)
                .replace("{fleet-source-partition}", Headers.SOURCE_PARTITION)
                .replace("{fleet-source-offset}", Headers.SOURCE_OFFSET);
    }

    private static final String GUIDE = """
            # Message reference

            <!-- Generated from the contract: {rewrite} -->

            Everything that goes through the fleet's topics, for users of any Kafka client. This page is generated from the
            classes in `common` (`dev.agentfleet.contract`), and a test fails when it differs from them. Topic names begin
            with `fleet.`; a deployment may choose another prefix (`fleet.topics.prefix`).

            ## Submit a run

            A submission is one JSON object on `fleet.requests`; the record's key is the runId. With `kcat`, one record a
            line:

            ```sh
            echo '{"type":"SubmitRun","agent":"echo","input":{"text":"hi"}}' |
              kcat -P -b 127.0.0.1:9092 -t fleet.requests -k my-run-1
            ```

            With Python and [confluent-kafka](https://docs.confluent.io/kafka-clients/python/current/overview.html), a batch:

            ```python
            import json
            from confluent_kafka import Producer

            tasks = [{"agent": "echo", "input": number} for number in range(100)]
            run = {"type": "SubmitRun", "tasks": tasks, "options": {"concurrency": 10}}
            producer = Producer({"bootstrap.servers": "127.0.0.1:9092", "enable.idempotence": True})
            producer.produce("fleet.requests", key="my-run-2", value=json.dumps(run))
            producer.flush()
            ```

            Sending a submission again is safe: the same runId with the same content changes nothing, with other content it is
            refused with a [RunRejected](#runrejected). Order of fields, white space and options spelled out at their defaults do
            not count as content.

            ## Read outcomes

            Each task's [TaskOutcome](#taskoutcome), each refusal and, after all its outcomes, the run's
            [RunCompleted](#runcompleted) appear on `fleet.runs` under the key runId, in one partition and so in order:

            ```sh
            kcat -C -b 127.0.0.1:9092 -t fleet.runs -o beginning -e -q \\
              -X isolation.level=read_committed -f '%k %s\\n' | grep '^my-run-1 '
            ```

            ```python
            import json
            from confluent_kafka import Consumer

            consumer = Consumer({"bootstrap.servers": "127.0.0.1:9092", "group.id": "my-report",
                                 "auto.offset.reset": "earliest", "isolation.level": "read_committed"})
            consumer.subscribe(["fleet.runs"])
            completed = False
            while not completed:
                record = consumer.poll(1.0)
                if record is None or record.error() or record.key() != b"my-run-2":
                    continue
                event = json.loads(record.value())
                print(event["type"], event.get("taskId"), event.get("status"), event.get("output"))
                completed = event["type"] == "RunCompleted"
            consumer.close()
            ```

            The orchestrator writes `fleet.runs`, `fleet.tasks.*`, `fleet.control` and its dead letters in transactions. Read them
            with `isolation.level=read_committed`: without it a reader also sees outcomes that were taken back. Clients built on
            librdkafka, `kcat` among them, have it as their default; Java clients do not.

            ## Rejections

            A request that cannot be carried out is answered with a [RunRejected](#runrejected) under its runId; `reason` names the
            field, its value and the rule it breaks. A run of that name that exists already goes on unchanged. A record that cannot
            be read at all goes to the [dead letters](#dead-letters); where its key is a valid runId, a RunRejected with
            `"request":"unreadable"` follows as well.

            ## The key, and order

            - The runId may stand in the key, in the value (`runId`), or in both; then the two must be equal. A key that is no valid
              runId makes the record unreadable.
            - A run is handled on one partition of `fleet.requests`: murmur2 of its runId, as Java clients compute it. Other clients
              may hash differently or send no key: the orchestrator forwards such a record once, marked with the header
              `{fleet-forwarded}`. Nothing needs to be configured for it.
            - Records that one idempotent producer sends under one key stay in order. Those of several producers, and those without a
              key, may overtake each other. A CancelRun that comes before its SubmitRun is kept for 10 minutes; an AppendTasks or
              SealRun that does is rejected.

            ## Batches larger than one record

            SubmitRun with `"open":true`, then AppendTasks numbered from 1, then SealRun with the number of chunks and of tasks. A
            chunk sent again with the same bytes changes nothing; with other bytes it is rejected. Chunks that come early are kept,
            at most 1,000 of them. The optional digest of the seal covers the values of the AppendTasks as they were sent, in order:

            ```python
            digest = b""
            for value in chunk_values:  # bytes, as sent
                digest = hashlib.sha256(digest + value).digest()
            seal = {"type": "SealRun", "chunks": len(chunk_values), "tasks": task_count, "digest": digest.hex()}
            ```

            A seal that does not fit what came fails the run (`SEAL_MISMATCH`). So does an open run's silence of 10 minutes
            (`NOT_SEALED`). Tasks of an open run start as they arrive.

            ## Dead letters

            `fleet.dead-letters` holds two kinds of records:

            - A task that failed for good, or timed out for good: a [DeadLetter](#deadletter) under its taskId, with
              `{fleet-reason}` as a header. Tasks that a cancel, a deadline or fail-fast ended are not there.
            - A record that could not be read: its own bytes as value, its own headers, and `{fleet-reason}`,
              `{fleet-source-topic}`, `{fleet-source-partition}` and `{fleet-source-offset}`. From the orchestrator its key is
              `topic/partition/offset`; from a worker it is the record's own.

            ```sh
            kcat -C -b 127.0.0.1:9092 -t fleet.dead-letters -o beginning -e -q \\
              -X isolation.level=read_committed -f '%k %h\\n'
            ```

            ## Headers

            Their values are text. A client need not send any.

            | header | on |
            |---|---|
            | `{fleet-run-id}` | TaskAssignment, attempt reports, run events, DeadLetter |
            | `{fleet-task-id}`, `{fleet-attempt}` | TaskAssignment, attempt reports, TaskOutcome, DeadLetter |
            | `{fleet-agent}` | TaskAssignment |
            | `{fleet-worker-id}` | attempt reports, WorkerHeartbeat, TaskOutcome where a worker is known |
            | `{traceparent}` | a SubmitRun may bring one ([W3C trace context](https://www.w3.org/TR/trace-context/)); in a traced run TaskAssignment, attempt reports, TaskOutcome and RunCompleted |
            | `{fleet-forwarded}` | requests that were sent on to their home partition |
            | `{fleet-reason}` | dead letters |
            | `{fleet-source-topic}`, `{fleet-source-partition}`, `{fleet-source-offset}` | dead letters of unreadable records |

            ## Values

            Every message has `type`, its name, and `v`, the version of the schema. `v` may be left out and then means 1; a
            version above {version} is refused. Fields that are not known are ignored. An optional field may be left out or null; a
            required one must be there and must not be null, except one of type *any JSON*, for which null is a value like any other.

            | type | written as |
            |---|---|
            | runId | string of {runId} letters, digits or `. _ : @ -`, starting with a letter or digit |
            | taskId | string `runId/index`; the index counts from 0 in order of submission |
            | duration | string in ISO-8601, such as `PT30S`, `PT0.5S`, `P1D`; in requests more than zero and at most {duration} |
            | instant | string in ISO-8601 with time zone, such as `2026-01-02T03:04:05.678Z`; always the broker's time |
            | any JSON | any JSON value; numbers keep their digits; at most 500 levels deep, no number of more than 500 characters, no object with two fields of one name |

            Agent and pool names are 1 to 63 lower-case letters, digits or `-`, starting with a letter or digit.

            | limit | what happens beyond it |
            |---|---|
            | input and output of a task: {payload} of JSON | the request is refused; the attempt fails with `OUTPUT_TOO_LARGE` |
            | a request: 1 MiB | dead letter and RunRejected; beyond 2 MiB the broker refuses the record, and most clients before it |
            | tasks of a run: 5,000,000 unless configured | the request is refused |
            | reasons and notes: {reason} characters | they are cut |
            | failures listed in RunCompleted: {failures} | the others are told by their TaskOutcome only |

            """;
}
