package dev.agentfleet.cli.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.agentfleet.cli.chaos.history.Ledger;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.TaskSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The kinds of tasks that the workload mixes. */
enum WorkKind {
    /** No work at all, in masses. */
    ECHO(20, 300) {
        @Override
        TaskSpec task(Path ledger, RandomGenerator random) {
            return TaskSpec.of("echo", new Payload("{\"number\":" + random.nextInt(1_000_000) + "}"));
        }
    },
    /** Some are over before they would be claimed, some are claimed. */
    SLEEP(4, 30) {
        @Override
        TaskSpec task(Path ledger, RandomGenerator random) {
            return sleep(Duration.ofMillis(random.nextInt(10) == 0 ? 3_000 : 20 + random.nextInt(700)));
        }
    },
    /** Leaves a trace and is over. */
    TRACE(4, 30) {
        @Override
        TaskSpec task(Path ledger, RandomGenerator random) {
            return shell(START + "; " + END, ledger);
        }
    },
    /** Leaves a trace at its start, works for seconds, and leaves one at its end. */
    LONG_TRACE(1, 6) {
        @Override
        TaskSpec task(Path ledger, RandomGenerator random) {
            return shell(START + "; sleep " + (1 + random.nextInt(8)) + "; " + END, ledger);
        }
    },
    /** Fails every time. */
    FAILING(1, 8) {
        @Override
        TaskSpec task(Path ledger, RandomGenerator random) {
            return shell(START + "; exit 3", ledger);
        }
    },
    /** Succeeds with its second attempt. */
    FLAKY(2, 10) {
        @Override
        TaskSpec task(Path ledger, RandomGenerator random) {
            return shell(START + "; [ \"$FLEET_ATTEMPT\" -ge 2 ] && " + END, ledger);
        }
    },
    /** Is stopped at its timeout. */
    OVERDUE(1, 3) {
        @Override
        TaskSpec task(Path ledger, RandomGenerator random) {
            TaskSpec sleep = sleep(Duration.ofMinutes(1));
            return new TaskSpec(sleep.agent(), sleep.input(), null, Duration.ofSeconds(1));
        }
    };

    private static final String START = Ledger.line('S');
    private static final String END = Ledger.line('E');

    private final int least;
    private final int most;

    WorkKind(int least, int most) {
        this.least = least;
        this.most = most;
    }

    abstract TaskSpec task(Path ledger, RandomGenerator random);

    /** A batch of a size of this kind. */
    List<TaskSpec> tasks(Path ledger, RandomGenerator random) {
        Supplier<TaskSpec> next = () -> task(ledger, random);
        return Stream.generate(next).limit(random.nextInt(least, most + 1)).toList();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static TaskSpec sleep(Duration duration) {
        return TaskSpec.of("sleep", new Payload("{\"duration\":\"" + duration + "\"}"));
    }

    private static TaskSpec shell(String script, Path ledger) {
        var argv = new ArrayList<>(List.of("sh", "-c", script, "sh", ledger.toString()));
        try {
            return TaskSpec.of("command", new Payload(Json.mapper().writeValueAsString(Map.of("argv", argv))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
