package dev.agentfleet.orchestrator.topology;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.orchestrator.budget.Reservation;
import dev.agentfleet.orchestrator.budget.RunLedger;
import dev.agentfleet.orchestrator.partition.TaskPage;
import dev.agentfleet.orchestrator.quota.LaneLedger;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.TaskState;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * How one kind of state is stored: as JSON, so that an operator can read a changelog. Thread-safe.
 *
 * @param <T> the state
 */
final class StateJson<T> {

    private static final ObjectMapper MAPPER = Json.mapper()
            .copy()
            .addMixIn(TaskState.class, TaskStateForm.class)
            .addMixIn(TaskOutcome.class, PlainForm.class)
            .registerModule(new SimpleModule().addSerializer(new RunSpecForm(Json.mapper())));

    static final StateJson<Run> RUN = new StateJson<>(Run.class);
    static final StateJson<TaskState> TASK = new StateJson<>(TaskState.class);
    static final StateJson<TaskOutcome> OUTCOME = new StateJson<>(TaskOutcome.class);
    static final StateJson<LaneLedger> LANE = new StateJson<>(LaneLedger.class);
    static final StateJson<RunLedger> BUDGET = new StateJson<>(RunLedger.class);
    static final StateJson<Reservation> RESERVATION = new StateJson<>(Reservation.class);
    static final StateJson<TaskPage> PAGE = new StateJson<>(TaskPage.class);

    private final ObjectWriter writer;
    private final ObjectReader reader;

    private StateJson(Class<T> type) {
        this.writer = MAPPER.writerFor(type);
        this.reader = MAPPER.readerFor(type);
    }

    byte[] write(T state) {
        try {
            return writer.writeValueAsBytes(state);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    T read(byte[] bytes) {
        try {
            return reader.readValue(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "s")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = TaskState.Waiting.class, name = "waiting"),
        @JsonSubTypes.Type(value = TaskState.Dispatched.class, name = "dispatched"),
        @JsonSubTypes.Type(value = TaskState.Running.class, name = "running"),
        @JsonSubTypes.Type(value = TaskState.BackingOff.class, name = "backingOff"),
        @JsonSubTypes.Type(value = TaskState.Settled.class, name = "settled")
    })
    private interface TaskStateForm {}

    /** Inside a state the outcome's type is known. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
    private interface PlainForm {}
}
