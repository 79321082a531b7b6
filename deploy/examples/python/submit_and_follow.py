#!/usr/bin/env python3
"""Submits a batch of `echo` tasks under a given runId and prints its outcomes until the run has completed.

Started again with the same arguments it submits nothing new and prints the same outcomes.
Ends with 0 when the run SUCCEEDED. Needs confluent-kafka (Debian: python3-confluent-kafka).
"""
import json
import sys

from confluent_kafka import OFFSET_BEGINNING, Consumer, Producer, TopicPartition


def submit(brokers, run_id, tasks):
    """Returns when, in milliseconds of the broker's time, Kafka took the submission."""
    run = {
        "type": "SubmitRun",
        "agent": "echo",
        "tasks": [{"input": {"number": number}} for number in range(tasks)],
        "options": {"concurrency": 100},
    }
    taken_at = []

    def on_delivery(error, record):
        if error is not None:
            sys.exit(f"Kafka did not take run {run_id}: {error}; starting again with the same runId is safe")
        taken_at.append(record.timestamp()[1])

    producer = Producer({"bootstrap.servers": brokers, "enable.idempotence": True})
    producer.produce("fleet.requests", key=run_id, value=json.dumps(run), on_delivery=on_delivery)
    producer.flush()
    return taken_at[0]


def events(brokers, run_id):
    """Everything said about the run, from the beginning: it may have been submitted, and have ended, before."""
    consumer = Consumer({
        "bootstrap.servers": brokers,
        "group.id": "submit-and-follow",  # must be there; without commits and subscriptions it means nothing
        "enable.auto.commit": False,
        "isolation.level": "read_committed",
    })
    partitions = consumer.list_topics("fleet.runs").topics["fleet.runs"].partitions
    consumer.assign([TopicPartition("fleet.runs", number, OFFSET_BEGINNING) for number in partitions])
    while True:
        record = consumer.poll(1.0)
        if record is None:
            continue
        if record.error():
            sys.exit(f"cannot read fleet.runs: {record.error()}")
        if record.key() == run_id.encode():
            yield record.timestamp()[1], json.loads(record.value())


def follow(brokers, run_id, submitted_at):
    """Returns whether the run SUCCEEDED."""
    for at, event in events(brokers, run_id):
        if event["type"] == "TaskOutcome":
            detail = event.get("output") if event["status"] == "SUCCEEDED" else event["failure"]["reason"]
            print(event["taskId"], event["status"], json.dumps(detail))
        elif event["type"] == "RunRejected" and at >= submitted_at:  # an earlier one answered another submission
            sys.exit(f"rejected: {event['reason']}")
        elif event["type"] == "RunCompleted":
            print(run_id, event["status"], f"{event['counts']['succeeded']}/{event['tasks']}")
            return event["status"] == "SUCCEEDED"


if __name__ == "__main__":
    if len(sys.argv) < 3:
        print("usage: submit_and_follow.py BROKERS RUN_ID [TASKS]", file=sys.stderr)
        sys.exit(2)
    servers, run_name = sys.argv[1], sys.argv[2]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    sys.exit(0 if follow(servers, run_name, submit(servers, run_name, count)) else 1)
