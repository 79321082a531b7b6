package dev.agentfleet.worker.llm;

import dev.agentfleet.worker.budget.FakeBudgetOwner;
import dev.agentfleet.worker.budget.RunBudgets;
import dev.agentfleet.worker.config.Configs;
import dev.agentfleet.worker.config.LlmConfig;
import dev.agentfleet.worker.quota.FakeOwner;
import dev.agentfleet.worker.quota.FleetQuota;
import dev.agentfleet.worker.quota.QuotaFigures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What agents ask, put together without a container: no call is made twice. */
public final class Desk {

    final AtomicLong now = new AtomicLong();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final FakeOwner quotaOwner = new FakeOwner();
    final FleetQuota quota = new FleetQuota("worker-a", quotaOwner, System::nanoTime, new QuotaFigures(registry));
    final FakeBudgetOwner owner = new FakeBudgetOwner();
    public final Models models;

    public Desk(Map<String, String> keys, ModelClient... clients) {
        LlmConfig config = Configs.llm(keys);
        var prices = new Prices(config);
        var gate = new ProviderGate(config, now::get);
        var calls = new RetriedCalls(
                gate,
                new CallQuota(quota, gate, config),
                new CallJournal(registry, prices, gate, OpenTelemetry.noop()),
                prices,
                new CallBudgets(new RunBudgets("worker-a", owner), prices),
                List.of(),
                now::get,
                config);
        models = new Models(List.of(clients), calls, config);
    }
}
