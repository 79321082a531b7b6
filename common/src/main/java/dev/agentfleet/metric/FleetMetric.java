package dev.agentfleet.metric;

import static dev.agentfleet.metric.MetricKind.COUNTER;
import static dev.agentfleet.metric.MetricKind.GAUGE;

import java.util.List;
import java.util.Locale;

/**
 * Every metric of the fleet's own. No tag may hold an id, nor anything a client can choose freely. {@code
 * design/metrics.md} is generated from here.
 */
public enum FleetMetric {
    TASKS_WAITING(
            "fleet.tasks.waiting",
            GAUGE,
            "tasks",
            "Tasks never dispatched, of runs whose start has come. All of a run count for the pool of its next one.",
            "pool"),
    TASKS_WAITING_OLDEST(
            "fleet.tasks.waiting.oldest",
            GAUGE,
            "seconds",
            "How long ago the oldest run with waiting tasks was admitted, or due to start if later; 0 when none has.",
            "pool"),
    TASKS_IN_FLIGHT(
            "fleet.tasks.in.flight", GAUGE, "tasks", "Tasks dispatched or running, without an outcome.", "pool"),
    TASKS_BACKING_OFF("fleet.tasks.backing.off", GAUGE, "tasks", "Tasks that wait for another attempt."),
    TASKS_OUTCOMES("fleet.tasks.outcomes", COUNTER, "tasks", "Tasks that got their outcome.", "status"),
    TASKS_REDRIVEN("fleet.tasks.redriven", COUNTER, "tasks", "Tasks with an outcome that a later revision does again."),
    QUOTA_GRANTED(
            "fleet.quota.granted",
            COUNTER,
            "requests",
            "Calls that the owner of the quotas let workers make, of lanes with limits.",
            "lane"),
    QUOTA_USED(
            "fleet.quota.used",
            GAUGE,
            "share",
            "How much of the most used limit of a lane counts as used; 0 where its owner is another orchestrator.",
            "lane"),
    QUOTA_HELD(
            "fleet.quota.held",
            GAUGE,
            "lanes",
            "1 while a lane is held or opens again after its provider refused calls; as its owner knows.",
            "lane"),
    RUNS_ACTIVE("fleet.runs.active", GAUGE, "runs", "Runs admitted and not complete."),
    RUNS_ADMITTED("fleet.runs.admitted", COUNTER, "runs", "Runs admitted."),
    RUNS_COMPLETED("fleet.runs.completed", COUNTER, "runs", "Runs completed.", "status"),
    RUNS_PURGED("fleet.runs.purged", COUNTER, "runs", "Finished runs deleted after their retention."),
    REQUESTS_REJECTED("fleet.requests.rejected", COUNTER, "requests", "Requests answered with RunRejected."),
    ATTEMPTS_DISPATCHED("fleet.attempts.dispatched", COUNTER, "attempts", "Attempts sent to a tasks topic.", "pool"),
    ATTEMPTS_RETRIED(
            "fleet.attempts.retried", COUNTER, "attempts", "Attempts that failed and are followed by another one."),
    ATTEMPTS_RETURNED(
            "fleet.attempts.returned",
            COUNTER,
            "attempts",
            "Attempts given back or never heard of; they are dispatched again and count as no failure."),
    ATTEMPTS_ACCEPTED(
            "fleet.attempts.accepted", COUNTER, "seconds", "What the attempts took whose success became the outcome."),
    ATTEMPTS_WASTED(
            "fleet.attempts.wasted",
            COUNTER,
            "seconds",
            "What attempts took that came to nothing: they failed, timed out, lost their lease, were given back, were"
                    + " cancelled with their run, or ran twice (redelivered). Unclaimed attempts are known by their"
                    + " results alone.",
            "cause"),
    TOKENS_ACCEPTED(
            "fleet.tokens.accepted",
            COUNTER,
            "tokens",
            "Tokens sent and received by attempts whose success became the outcome."),
    TOKENS_WASTED(
            "fleet.tokens.wasted",
            COUNTER,
            "tokens",
            "Tokens sent and received by attempts that came to nothing, as their reports tell, however late.",
            "cause"),
    COST_ACCEPTED("fleet.cost.accepted", COUNTER, "usd", "Money spent by attempts whose success became the outcome."),
    COST_WASTED(
            "fleet.cost.wasted",
            COUNTER,
            "usd",
            "Money spent by attempts that came to nothing, as their reports tell, however late.",
            "cause"),
    EVENTS_IGNORED(
            "fleet.events.ignored",
            COUNTER,
            "events",
            "Reports and requests that changed nothing, duplicates among them.",
            "reason"),
    DEAD_LETTERS(
            "fleet.dead.letters",
            COUNTER,
            "records",
            "What was put aside: tasks that failed for good, and records that could not be read.",
            "kind"),
    POOL_WORKERS("fleet.pool.workers", GAUGE, "workers", "Workers heard of within the last lease.", "pool"),
    POOL_SLOTS("fleet.pool.slots", GAUGE, "attempts", "Slots of those workers that take work.", "pool"),
    POOL_LAG(
            "fleet.pool.lag",
            GAUGE,
            "records",
            "End of the tasks topic minus what the pool's workers have committed. Each of its partitions may show 1 when"
                    + " nothing waits: the marker of a transaction. The same from every orchestrator.",
            "pool"),
    ORCHESTRATOR_LAG(
            "fleet.orchestrator.lag",
            GAUGE,
            "records",
            "End of the topic minus what the orchestrators have committed. The same from every orchestrator.",
            "topic"),
    STREAMS_STATE("fleet.streams.state", GAUGE, "flag", "1 for the state the stream processing is in.", "state"),
    STREAMS_THREADS_ALIVE("fleet.streams.threads.alive", GAUGE, "threads", "Stream threads that live."),
    STREAMS_THREADS_REPLACED(
            "fleet.streams.threads.replaced", COUNTER, "threads", "Stream threads that failed and were replaced."),
    STREAMS_COMMIT_LATENCY(
            "fleet.streams.commit.latency",
            GAUGE,
            "seconds",
            "What a commit takes, over the last minute, in the slowest thread.",
            "stat"),
    STREAMS_PROCESS_LATENCY(
            "fleet.streams.process.latency",
            GAUGE,
            "seconds",
            "What a record takes, over the last minute, in the slowest thread.",
            "stat"),
    STREAMS_RESTORE_REMAINING(
            "fleet.streams.restore.remaining",
            GAUGE,
            "records",
            "Records of the changelogs still to be read before the state is complete.",
            "store"),

    WORKER_QUOTA_WAITING(
            "fleet.worker.quota.waiting",
            GAUGE,
            "requests",
            "Calls of this worker that wait for quota, of lanes with limits.",
            "lane"),
    WORKER_QUOTA_WAITED(
            "fleet.worker.quota.waited",
            COUNTER,
            "seconds",
            "How long calls of this worker have waited for quota, added up.",
            "lane"),
    WORKER_SLOTS("fleet.worker.slots", GAUGE, "attempts", "Attempts this worker can run at once."),
    WORKER_SLOTS_BUSY(
            "fleet.worker.slots.busy", GAUGE, "attempts", "Slots taken: attempts whose result is not durable yet."),
    WORKER_SLOTS_LOST("fleet.worker.slots.lost", GAUGE, "attempts", "Slots held by code that does not stop."),
    WORKER_SANDBOX(
            "fleet.worker.sandbox",
            GAUGE,
            "flag",
            "1 for the level at which programs of tasks are kept apart here: bwrap or none. Not there: none may run.",
            "level"),
    WORKER_ATTEMPTS_ENDED(
            "fleet.worker.attempts.ended",
            COUNTER,
            "attempts",
            "Attempts concluded here. The agent is one of this worker's, or not-started.",
            "agent",
            "verdict"),
    WORKER_ATTEMPTS_RAN(
            "fleet.worker.attempts.ran", COUNTER, "seconds", "What those attempts took.", "agent", "verdict"),
    WORKER_ATTEMPTS_CLAIMED(
            "fleet.worker.attempts.claimed", COUNTER, "attempts", "Attempts that outlived claim-after."),
    WORKER_TOKENS_INPUT(
            "fleet.worker.tokens.input",
            COUNTER,
            "tokens",
            "Tokens sent, as the agents said; of attempts that came to nothing too.",
            "agent"),
    WORKER_TOKENS_OUTPUT(
            "fleet.worker.tokens.output",
            COUNTER,
            "tokens",
            "Tokens received, as the agents said; of attempts that came to nothing too.",
            "agent"),
    WORKER_TOKENS_CACHE_READ(
            "fleet.worker.tokens.cache.read",
            COUNTER,
            "tokens",
            "Those of the tokens sent that were read from a provider's cache, as the agents said.",
            "agent"),
    WORKER_TOKENS_CACHE_WRITE(
            "fleet.worker.tokens.cache.write",
            COUNTER,
            "tokens",
            "Those of the tokens sent that were written to a provider's cache, as the agents said.",
            "agent"),
    WORKER_COST(
            "fleet.worker.cost",
            COUNTER,
            "usd",
            "Money spent, as the agents said; of attempts that came to nothing too.",
            "agent"),
    WORKER_ASSIGNMENTS_JOINED(
            "fleet.worker.assignments.joined",
            COUNTER,
            "records",
            "Assignments delivered again while their attempt ran here."),
    WORKER_ASSIGNMENTS_UNREADABLE(
            "fleet.worker.assignments.unreadable", COUNTER, "records", "Assignments that could not be read."),
    WORKER_LLM_CALLS(
            "fleet.worker.llm.calls",
            COUNTER,
            "calls",
            "Calls of models that ended: ANSWERED, STOPPED with their attempt, or the code of their failure. Each retry is"
                    + " a call. The model is one with a price, or other.",
            "model",
            "outcome",
            "provider"),
    WORKER_LLM_CALLS_TOOK(
            "fleet.worker.llm.calls.took",
            COUNTER,
            "seconds",
            "What those calls took.",
            "model",
            "outcome",
            "provider"),
    WORKER_LLM_CALLS_UNDER_WAY("fleet.worker.llm.calls.under.way", GAUGE, "calls", "Calls of models under way."),
    WORKER_LLM_TOKENS(
            "fleet.worker.llm.tokens",
            COUNTER,
            "tokens",
            "Tokens of answered calls: input, output, cache-read or cache-write, each counted once.",
            "kind",
            "model",
            "provider"),
    WORKER_LLM_COST(
            "fleet.worker.llm.cost",
            COUNTER,
            "usd",
            "Money spent on answered calls; calls of a model without a price add nothing.",
            "model",
            "provider"),
    WORKER_LLM_CLOSED(
            "fleet.worker.llm.closed",
            GAUGE,
            "flag",
            "1 while no calls are made to the provider, because it refused the key or its spend limit is reached.",
            "provider");

    private static final String SECONDS = "seconds";

    private final String metricName;
    private final MetricKind kind;
    private final String unit;
    private final String description;
    private final List<String> tags;

    FleetMetric(String metricName, MetricKind kind, String unit, String description, String... tags) {
        this.metricName = metricName;
        this.kind = kind;
        this.unit = unit;
        this.description = description;
        this.tags = List.of(tags);
    }

    /** With dots, without unit and suffix. */
    public String metricName() {
        return metricName;
    }

    /** As it stands on a scraped page. */
    public String prometheusName() {
        String name = metricName.replace('.', '_') + (unit.equals(SECONDS) ? "_seconds" : "");
        return kind == COUNTER ? name + "_total" : name;
    }

    public MetricKind kind() {
        return kind;
    }

    public String unit() {
        return unit;
    }

    public String description() {
        return description;
    }

    public List<String> tags() {
        return tags;
    }

    /** Whether a worker measures it; all others are the orchestrator's. */
    public boolean isWorkers() {
        return name().toLowerCase(Locale.ROOT).startsWith("worker_");
    }
}
