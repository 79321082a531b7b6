package dev.agentfleet.worker.llm;

import dev.agentfleet.worker.budget.FakeBudgetOwner;
import dev.agentfleet.worker.budget.RunBudgets;
import dev.agentfleet.worker.config.Configs;
import dev.agentfleet.worker.config.LlmConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What agents ask, put together without a container: no call is made twice. */
public final class Desk {

    final AtomicLong now = new AtomicLong();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final FakeBudgetOwner owner = new FakeBudgetOwner();
    public final Models models;

    public Desk(Map<String, String> keys, ModelClient... clients) {
        LlmConfig config = Configs.llm(keys);
        var prices = new Prices(config);
        var gate = new ProviderGate(config, now::get);
        var calls = new RetriedCalls(
                gate,
                new CallJournal(registry, prices, gate, OpenTelemetry.noop()),
                prices,
                new CallBudgets(new RunBudgets("worker-a", owner), prices),
                List.of(),
                now::get,
                config);
        models = new Models(List.of(clients), calls, config);
    }
}
