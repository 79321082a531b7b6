package dev.agentfleet.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The part of the message reference that no class says: how to use it. */
final class MessageReferenceGuide {

    static final String REWRITE = "mvn -B -pl common test -Dtest.args=-Dgolden.write=true -Dtest=MessageReferenceTest";

    private static final List<String> CHUNKS = List.of(
            "{\"type\":\"AppendTasks\",\"chunk\":1,\"tasks\":[{\"input\":1},{\"input\":2}]}",
            "{\"type\":\"AppendTasks\",\"chunk\":2,\"tasks\":[{\"input\":3}]}");

    private MessageReferenceGuide() {}

    private static String digest() {
        RunDigest digest = RunDigest.EMPTY;
        for (String chunk : CHUNKS) {
            digest = digest.plus(chunk.getBytes(StandardCharsets.UTF_8));
        }
        return digest.hex();
    }

    static String text() {
        return GUIDE.replace("{rewrite}", REWRITE)
                .replace("{payload}", Payload.MAX_BYTES / 1024 + " KiB")
                .replace("{reason}", Integer.toString(Failure.MAX_REASON))
                .replace("{failures}", Integer.toString(RunCompleted.MAX_FAILURES))
                .replace("{runId}", "1 to " + RunId.MAX_LENGTH)
                .replace("{duration}", RunOptions.MAX_DURATION.toDays() + " days")
                .replace("{chunk-tasks}", "500")
                .replace("{chunk-1}", CHUNKS.get(0))
                .replace("{chunk-2}", CHUNKS.get(1))
                .replace("{digest}", digest())
                .replace("{seal}", new String(Json.write(new SealRun(null, 2, 3, digest())), StandardCharsets.UTF_8))
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

            Runnable programs and scripts for all of this, in Java, Python and shell: [examples](../deploy/examples/README.md).

            ## From a submission to its end

            1. Choose a runId: whatever names this piece of work for you, such as `invoices-2026-01-02`. The same id is how you
               find its outcomes, and how a submission that you send twice stays one run.
            2. Write a [SubmitRun](#submitrun) to `fleet.requests`, runId as key, JSON in UTF-8 as value, no headers. The broker's
               acknowledgement is the promise: from then on the run is carried out whatever crashes.
            3. Read `fleet.runs`, committed records only, and take what has your runId as key. Either a
               [RunRejected](#runrejected) says why nothing came of it; or one [TaskOutcome](#taskoutcome) a task, in the order
               in which they end, and last one [RunCompleted](#runcompleted).
            4. To stop it early, write a [CancelRun](#cancelrun). Tasks that have not ended get the outcome CANCELLED, and the
               RunCompleted follows.

            That a submission was admitted is not told on a topic: REST tells it (`GET /api/runs/my-run-1`), the outcomes imply
            it. A submission that changes nothing because it came before is answered by nothing either.

            ## Submit a run

            With `kcat`, one record a line:

            ```sh
            echo '{"type":"SubmitRun","agent":"echo","input":{"text":"hi"}}' |
              kcat -P -b 127.0.0.1:9092 -t fleet.requests -k my-run-1
            echo '{"type":"CancelRun","reason":"no longer needed"}' |
              kcat -P -b 127.0.0.1:9092 -t fleet.requests -k my-run-1
            ```

            With Python and [confluent-kafka](https://docs.confluent.io/kafka-clients/python/current/overview.html), a batch:

            ```python
            import json
            from confluent_kafka import Producer

            def on_delivery(error, record):
                if error is not None:  # not taken, or not known: the same again under the same key is safe
                    raise SystemExit(str(error))

            run = {"type": "SubmitRun", "agent": "echo",
                   "tasks": [{"input": number} for number in range(100)],
                   "options": {"concurrency": 10, "timeout": "PT30S"}}
            producer = Producer({"bootstrap.servers": "127.0.0.1:9092", "enable.idempotence": True})
            producer.produce("fleet.requests", key="my-run-2", value=json.dumps(run), on_delivery=on_delivery)
            producer.flush()
            ```

            Sending a submission again is safe: the same runId with the same content changes nothing, with other content it is
            refused with a [RunRejected](#runrejected). Order of fields, white space, options spelled out at their defaults, and
            how one duration or instant is written (`PT60S`, `PT1M`) do not count as content; the order of tasks and the values
            in their inputs do. So programs in different languages may submit one run.

            A runId is known while its run goes on, and for 7 days after the end of its last revision unless
            `fleet.orchestrator.run-retention` says otherwise. Then the run is purged: nobody finds it any more, and once its state
            is deleted, moments later, a submission under that runId is a new run. Give no runId to another run before every attempt
            of the first has ended: their results would be taken for the new run's.

            ## Start later

            `"options":{"startAfter":"PT2H"}` holds a run for two hours from its admission, `"startAfter":"2026-01-02T18:00:00+01:00"`
            until that instant of the broker's time; if it has passed, the run starts at once. A held run is admitted: it takes
            tasks and can be cancelled, and the same submission again is the same run. No task of it is dispatched before. Its
            `deadline` counts from the start. The 10 minutes within which an open run must hear of its producer do not wait.

            ```sh
            echo '{"type":"SubmitRun","agent":"echo","options":{"startAfter":"PT30M","deadline":"PT1H"}}' |
              kcat -P -b 127.0.0.1:9092 -t fleet.requests -k tonight-1
            ```

            ## Limit what a run spends

            `"options":{"budget":{"maxTokens":100000,"maxUsd":2.5}}` bounds what calls of models take, for all attempts and
            revisions of the run together; either limit may stand alone. What a call may take is reserved before it is made. One
            that does not fit any more ends its task FAILED with `BUDGET_EXHAUSTED`; the reason names the limit, what is spent, and
            what the call may take. Other tasks of the run go on: `fail-fast` stops them. `20` and `20.0` are the same budget.

            ## Read outcomes

            All events of a run stand on `fleet.runs` under the key runId, in one partition and so in order. They stay for the
            topic's retention (7 days unless configured), from before you began to read, too:

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
            ended = False
            while not ended:
                record = consumer.poll(1.0)
                if record is None or record.error() or record.key() != b"my-run-2":
                    continue
                event = json.loads(record.value())
                print(event["type"], event.get("taskId"), event.get("status"), event.get("output"), event.get("reason"))
                ended = event["type"] in ("RunCompleted", "RunRejected")
            consumer.close()
            ```

            A consumer group divides the partitions among its members: a program that waits for one run needs a group of its own,
            or [assigns itself](../deploy/examples/python/submit_and_follow.py) all partitions.

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

            A record's value is at most 1 MiB. For more tasks: SubmitRun with `"open":true`, then AppendTasks numbered from 1, then
            SealRun with the number of chunks and of tasks, all under the same key. The fleet's own producers put at most
            {chunk-tasks} tasks and 256 KiB in a chunk. A chunk sent again with the same bytes changes nothing; with other bytes,
            even of the same meaning, it is rejected. Chunks that come early are kept, at most 1,000 of them.

            The optional digest of the seal covers the values of the AppendTasks as they were sent, in order. It is SHA-256 over
            the digest so far (nothing at first, then its 32 bytes) and the next value:

            ```python
            import hashlib

            chunk_values = [  # bytes, as sent
                b'{chunk-1}',
                b'{chunk-2}',
            ]
            digest = b""
            for value in chunk_values:
                digest = hashlib.sha256(digest + value).digest()
            print(digest.hex())
            ```

            prints `{digest}`, so that these two chunks end with

            ```json
            {seal}
            ```

            Over REST the same is one request: `POST /api/runs` with `Content-Type: application/x-ndjson`, a first line as SubmitRun
            without tasks, and each further line a [TaskSpec](#taskspec); see [the example](../deploy/examples/curl/stream.sh).

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

            To do such tasks again, send their run a [RedriveTasks](#redrivetasks) once it has ended. Over REST one request does so
            for all runs that the dead letters chosen name, together no faster than `rate` (`"dryRun": true` only says what it would do):

            ```sh
            curl -s -H 'Content-Type: application/json' 127.0.0.1:8080/api/dead-letters/redrive \\
              -d '{"filter":{"agents":["command"],"codes":["EXIT_1"]},"since":"PT2H","rate":50,"max":1000,"dryRun":true}'
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
            | duration or instant | either of the two; an instant in a request has any offset, such as `2026-01-02T04:04:05+01:00`, and is compared with the broker's time |
            | instant | string in ISO-8601 with time zone, such as `2026-01-02T03:04:05.678Z`; always the broker's time |
            | any JSON | any JSON value; numbers keep their digits; at most 500 levels deep, no number of more than 500 characters, no object with two fields of one name |

            Agent and pool names are 1 to 63 lower-case letters, digits or `-`, starting with a letter or digit.

            | limit | what happens beyond it |
            |---|---|
            | input and output of a task: {payload} of JSON | the request is refused; the attempt fails with `OUTPUT_TOO_LARGE` |
            | a request: 1 MiB | dead letter and RunRejected; beyond 2 MiB the broker refuses the record, and most clients before it (`message.max.bytes` of librdkafka, `max.request.size` of Java) |
            | chunks that came early: 1,000 of a run | they are rejected; send them again |
            | tasks of a run: 5,000,000 unless configured | the request is refused |
            | reasons and notes: {reason} characters | they are cut |
            | failures listed in RunCompleted: {failures} | the others are told by their TaskOutcome only |

            """;
}
