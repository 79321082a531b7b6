package dev.agentfleet.cli.chaos;

import dev.agentfleet.cli.local.LocalFleet;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What may strike a fleet. */
public enum Fault {
    F1("kill -9 of a worker; another one starts", true) {
        @Override
        void strike(Arena arena) throws IOException, InterruptedException {
            String worker = arena.cluster().anyWorker(arena.dice());
            arena.step("kill -9 %s", worker);
            arena.cluster().kill(worker);
            arena.pause(arena.between(0, 3));
            arena.step("start %s", arena.cluster().addWorker());
        }
    },
    F2("a worker ends itself before a result, or between a result or a claim and the commit of its record", true) {
        @Override
        void strike(Arena arena) throws IOException, InterruptedException {
            String point = FAILPOINTS.get(arena.variant(FAILPOINTS.size()));
            String worker = arena.cluster().addDoomedWorker(point, SLOTS, CLAIM_AFTER);
            arena.step("start %s, which ends itself %s", worker, point);
            arena.workload().submitLong(arena.dice());
            if (!arena.cluster().awaitEnd(worker, PATIENCE)) {
                arena.step("%s did not come to it", worker);
                Fault.end(arena, worker);
            }
        }
    },
    F4("kill -9 of an owner of runs, or SIGSTOP of it until others have its place; then it comes back", false) {
        @Override
        void strike(Arena arena) throws IOException, InterruptedException {
            String owner = arena.cluster().anyOrchestrator(arena.dice());
            if (arena.variant(2) == 0) {
                double away = arena.between(0, arena.options().orchestrators() == 1 ? 5 : 12);
                arena.step("kill -9 %s; start after %.1f s", owner, away);
                arena.cluster().kill(owner);
                arena.pause(away);
                arena.cluster().restart(owner);
            } else {
                Fault.stall(arena, owner, arena.between(8, 15));
            }
        }
    },
    F5("SIGSTOP of a worker beyond session timeout and lease, then SIGCONT", true) {
        @Override
        void strike(Arena arena) throws IOException, InterruptedException {
            double beyond = ChaosOptions.LEASE.toSeconds() + arena.between(3, 6);
            Fault.stall(arena, arena.cluster().anyWorker(arena.dice()), beyond);
        }
    },
    F6("stalls of 1 to 3 s of a worker or an orchestrator, repeated", true) {
        @Override
        void strike(Arena arena) throws IOException, InterruptedException {
            String name = arena.below(2) == 0
                    ? arena.cluster().anyOrchestrator(arena.dice())
                    : arena.cluster().anyWorker(arena.dice());
            for (int times = 2 + arena.below(3); times > 0; times--) {
                Fault.stall(arena, name, arena.between(1, 3));
                arena.pause(arena.between(1, 2));
            }
        }
    },
    F8("kill -9, restart, outage or SIGSTOP of the broker", true) {
        @Override
        void strike(Arena arena) throws IOException, InterruptedException {
            Duration outage = arena.options().outage();
            switch (arena.variant(4)) {
                case 0 -> {
                    arena.step("kill -9 broker; start at once");
                    arena.cluster().kill(LocalFleet.BROKER);
                }
                case 1 -> {
                    arena.step("restart broker");
                    arena.cluster().stop(LocalFleet.BROKER);
                }
                case 2 -> Fault.stall(arena, LocalFleet.BROKER, outage.toSeconds());
                default -> {
                    arena.step("kill -9 broker; start after %d s", outage.toSeconds());
                    arena.cluster().kill(LocalFleet.BROKER);
                    arena.pause((double) outage.toSeconds());
                }
            }
            arena.cluster().startAgain(LocalFleet.BROKER);
        }
    },
    F9("a worker or an owner of runs is cut off from the network beyond its lease, then joined to it again", true) {
        @Override
        void strike(Arena arena) throws IOException, InterruptedException {
            String name = arena.variant(2) == 0
                    ? arena.cluster().anyWorker(arena.dice())
                    : arena.cluster().anyOrchestrator(arena.dice());
            double beyond = ChaosOptions.LEASE.toSeconds() + arena.between(3, 6);
            arena.step("cut off %s; join it again after %.1f s", name, beyond);
            arena.cluster().cutOff(name);
            arena.pause(beyond);
            arena.cluster().joinAgain(name);
        }

        @Override
        public boolean needsNetworksOfTheirOwn() {
            return true;
        }
    },
    F13(
            "workers come and go every 3 s, then a rolling restart of all, of orchestrators too if there are several",
            true) {
        @Override
        void strike(Arena arena) throws IOException, InterruptedException {
            for (int times = 3 + arena.below(3); times > 0; times--) {
                if (arena.below(2) == 0 || arena.cluster().workers().size() < 2) {
                    arena.step("start %s", arena.cluster().addWorker());
                } else {
                    Fault.end(arena, arena.cluster().anyWorker(arena.dice()));
                }
                arena.pause(3);
            }
            for (String worker : arena.cluster().workers()) {
                Fault.end(arena, worker);
                arena.step("start %s", arena.cluster().addWorker());
                arena.cluster().awaitWorkers(PATIENCE);
            }
            if (arena.options().orchestrators() > 1) {
                arena.cluster().restartOrchestrators(name -> arena.step("SIGTERM %s; start", name));
            }
            arena.cluster().mend();
        }
    },
    F15("poison on every topic: a catalogue, and seeded mutations of valid records", false) {
        @Override
        void strike(Arena arena) {
            long seed = arena.dice().nextLong(SEEDS);
            int mutations = arena.options().mutations();
            arena.step("poison of seed %d: the catalogue and %d mutations", seed, mutations);
            arena.workload().poison(seed, mutations);
        }
    },
    F20("one runId submitted 2 to 100 times at once, with the same and with other content", false) {
        @Override
        void strike(Arena arena) {
            arena.step("one runId, many submissions");
            arena.workload().submitRepeatedly(arena.dice());
        }
    },
    F21("cancel before, during and after a run, twice, and of an unknown one", false) {
        @Override
        void strike(Arena arena) throws InterruptedException {
            arena.step("cancels");
            arena.workload().cancelEverywhere(arena.dice());
        }
    },
    F22("runs whose every task fails", false) {
        @Override
        void strike(Arena arena) {
            arena.step("failing runs");
            arena.workload().fail(arena.dice());
        }
    },
    F24("SIGTERM of a worker with long tasks, twice, and during its start", true) {
        @Override
        void strike(Arena arena) throws IOException, InterruptedException {
            arena.workload().submitLong(arena.dice());
            arena.pause(2);
            String first = arena.cluster().anyWorker(arena.dice());
            Fault.end(arena, first);
            String second = arena.cluster().addWorker();
            double age = arena.between(0.1, 2.5);
            arena.step("start %s; SIGTERM after %.1f s", second, age);
            arena.pause(age);
            arena.cluster().drain(second);
            String third = arena.cluster().anyWorker(arena.dice());
            arena.step("SIGTERM %s, twice", third);
            arena.cluster().askToEnd(third);
            arena.pause(arena.between(0.2, 1));
            arena.cluster().drain(third);
            arena.cluster().mend();
        }
    };

    private static final int SLOTS = 4;
    private static final Duration CLAIM_AFTER = Duration.ofMillis(500);
    private static final List<String> FAILPOINTS = List.of("before-result", "after-result", "after-claim");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long SEEDS = 1_000_000_000;

    private final String description;
    private final boolean disturbs;

    Fault(String description, boolean disturbs) {
        this.description = description;
        this.disturbs = disturbs;
    }

    /** Those that can strike processes of one machine. */
    public static List<Fault> all() {
        return Arrays.stream(values())
                .filter(fault -> !fault.needsNetworksOfTheirOwn())
                .toList();
    }

    /** Whether it strikes only members that have a network each: containers. */
    public boolean needsNetworksOfTheirOwn() {
        return false;
    }

    public String description() {
        return description;
    }

    /** Whether work may be delivered again because of it. */
    boolean disturbs() {
        return disturbs;
    }

    /** Returns when it is mended, as far as it mends by itself. */
    abstract void strike(Arena arena) throws IOException, InterruptedException;

    private static void stall(Arena arena, String name, double seconds) throws IOException, InterruptedException {
        arena.step("SIGSTOP %s; SIGCONT after %.1f s", name, seconds);
        arena.cluster().pause(name);
        arena.pause(seconds);
        arena.cluster().resume(name);
    }

    private static void end(Arena arena, String worker) throws IOException, InterruptedException {
        arena.step("SIGTERM %s", worker);
        arena.cluster().drain(worker);
    }
}
