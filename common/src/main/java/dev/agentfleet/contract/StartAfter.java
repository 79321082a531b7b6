package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** When a run may start. On the wire one string: a duration counted from its admission, or an instant. */
public sealed interface StartAfter {

    String FIELD = "options.startAfter";

    /** So much later than the admission. */
    record Delay(Duration duration) implements StartAfter {
        public Delay {
            Rules.requirePositive(duration, FIELD);
        }

        @Override
        public String written() {
            return duration.toString();
        }

        @Override
        public Instant from(Instant admittedAt) {
            return admittedAt.plus(duration);
        }
    }

    /** At this time of the broker; at once when it has passed. */
    record At(Instant time) implements StartAfter {
        private static final Instant END =
                OffsetDateTime.of(10_000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC).toInstant();

        public At {
            Rules.require(time.isBefore(END), FIELD, time, "must be before the year 10000");
        }

        @Override
        public String written() {
            return time.toString();
        }

        @Override
        public Instant from(Instant admittedAt) {
            return time.isAfter(admittedAt) ? time : admittedAt;
        }
    }

    /** The form on the wire; two that mean the same are written the same. */
    @JsonValue
    String written();

    /** The time, never before the admission, from which tasks may be dispatched. */
    Instant from(Instant admittedAt);

    /**
     * Reads the form on the wire.
     *
     * @throws InvalidFieldException when the text is neither
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static StartAfter parse(String text) {
        try {
            return text.matches("[+-]?[Pp].*")
                    ? new Delay(Duration.parse(text))
                    : new At(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw Rules.broken(
                    FIELD,
                    text,
                    "must be an ISO-8601 duration such as PT30M, or an instant with its offset such as"
                            + " 2026-01-02T03:04:05Z");
        }
    }
}
