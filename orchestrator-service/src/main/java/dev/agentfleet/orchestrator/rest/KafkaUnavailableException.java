package dev.agentfleet.orchestrator.rest;

/** Kafka did not acknowledge a request in time; whether it was taken is unknown, and sending it again is safe. */
final class KafkaUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KafkaUnavailableException(String message) {
        super(message);
    }

    KafkaUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
