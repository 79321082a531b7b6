package dev.agentfleet.orchestrator.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Counts;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.orchestrator.query.CursorPage;
import dev.agentfleet.orchestrator.query.ListedRun;
import dev.agentfleet.orchestrator.query.RunView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunListTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void pagesOfSeveralHoldersMakeTheWholeListInOrder() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<List<RunView>> holders = new ArrayList<>();
            for (int holder = 0; holder < 3; holder++) {
                List<RunView> held = new ArrayList<>();
                for (int i = random.nextInt(12); i > 0; i--) {
                    held.add(run(holder + "-" + i, NOW.minusMillis(random.nextInt(20))));
                }
                held.sort(Comparator.comparing(RunListTest::place));
                holders.add(held);
            }
            int limit = 1 + random.nextInt(6);

            List<RunView> seen = new ArrayList<>();
            ListedRun after = null;
            do {
                ListedRun from = after;
                CursorPage<RunView> page = RunList.merge(
                        holders.stream()
                                .map(held -> page(held, from, 1 + random.nextInt(limit)))
                                .toList(),
                        limit);
                assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
                seen.addAll(page.items());
                after = page.next() == null ? null : ListedRun.parse(page.next());
            } while (after != null);

            assertThat(seen)
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(holders.stream()
                            .flatMap(List::stream)
                            .sorted(Comparator.comparing(RunListTest::place))
                            .toList());
        }
    }

    /** Holders may hand out less than they were asked for. */
    private static CursorPage<RunView> page(List<RunView> held, @Nullable ListedRun after, int limit) {
        List<RunView> rest = held.stream()
                .filter(run -> after == null || place(run).compareTo(after) > 0)
                .toList();
        List<RunView> items = rest.stream().limit(limit).toList();
        return new CursorPage<>(
                items, rest.size() > limit ? place(items.getLast()).cursor() : null);
    }

    private static ListedRun place(RunView run) {
        return new ListedRun(Objects.requireNonNull(run.admittedAt()), run.runId());
    }

    private static RunView run(String id, Instant admittedAt) {
        return new RunView(
                new RunId(id),
                RunStatus.RUNNING,
                1,
                1,
                true,
                Counts.ZERO,
                0,
                1,
                0,
                1,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                admittedAt,
                null);
    }
}
