package dev.agentfleet.submission;

import dev.agentfleet.contract.Request;

/** Where the requests of a run go, in order. */
@FunctionalInterface
public interface RequestSink {

    /**
     * Sends a request; returns when it is durable.
     *
     * @param value the record's value: what a chunk's identity and the digest cover, to be sent as it is
     */
    void send(Request request, byte[] value) throws InterruptedException;
}
