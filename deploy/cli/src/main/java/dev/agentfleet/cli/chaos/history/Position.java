package dev.agentfleet.cli.chaos.history;

/** Where a record stands. */
public record Position(String topic, int partition, long offset) {

    @Override
    public String toString() {
        return topic + '/' + partition + '@' + offset;
    }
}
