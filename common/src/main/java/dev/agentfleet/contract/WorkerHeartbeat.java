package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A worker says that it lives and what it can do, on {@code fleet.workers}, keyed by workerId. */
@JsonClassDescription(
        "A worker says that it lives and what it can do; every 3 s, whatever it runs. A null value: it left.")
public record WorkerHeartbeat(
        @JsonPropertyDescription("Unique per start of a worker process.")
        String workerId,

        @JsonPropertyDescription("Version of the worker software.")
        String version,

        @JsonPropertyDescription("Pool it serves.") String pool,
        @JsonPropertyDescription("Agents it has.") List<AgentInfo> agents,

        @JsonPropertyDescription("Attempts it can run at once.")
        int slots,

        @JsonPropertyDescription("Attempts it runs now.") int busy,

        @JsonPropertyDescription("Partitions of the tasks topic it reads.")
        List<Integer> partitions,

        @JsonPropertyDescription("Attempts it holds, `taskId#attempt`; a part of them in rotation when many.")
        List<String> held,

        @JsonPropertyDescription(
                "What `held` is complete for: of the names in this span, the worker holds no others. Not there: of none.")
        @Nullable
        HeldSpan heldSpan,

        @JsonPropertyDescription("true once it takes no more work.")
        boolean draining,

        @JsonPropertyDescription(
                "How long it may be silent before its group gives its partitions to others, where it knows.")
        @Nullable
        Duration session,

        @JsonPropertyDescription("How many of `busy` are held by code that does not stop. Not there: none.") @Nullable
        Integer lost,

        @JsonPropertyDescription(
                "How it keeps programs of tasks apart: `bwrap`, or `none`, with all its own rights. Not there: unknown, or it runs"
                        + " none.")
        @Nullable
        String sandbox)
        implements Message {

    /** Of a worker that tells neither a span, its session nor its sandbox, and has lost no slot. */
    public WorkerHeartbeat(
            String workerId,
            String version,
            String pool,
            List<AgentInfo> agents,
            int slots,
            int busy,
            List<Integer> partitions,
            List<String> held,
            boolean draining) {
        this(workerId, version, pool, agents, slots, busy, partitions, held, null, draining, null, null, null);
    }

    /** One agent of a worker. */
    public record AgentInfo(
            @JsonPropertyDescription("Its name.") String name,
            @JsonPropertyDescription("Its version.") String version) {}

    /** Slots held by code that does not stop. */
    public int slotsLost() {
        return lost == null ? 0 : lost;
    }

    public WorkerHeartbeat {
        agents = List.copyOf(agents);
        partitions = List.copyOf(partitions);
        held = List.copyOf(held);
    }
}
