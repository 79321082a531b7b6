package dev.agentfleet.worker.llm;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Answers with what it was told, a text or a failure a call. */
public final class ScriptedClient implements ModelClient {

    private final Queue<Object> script;
    public final List<ModelRequest> asked = new ArrayList<>();
    public StopReason stopReason = StopReason.END;

    public ScriptedClient(Object... script) {
        this.script = new ArrayDeque<>(List.of(script));
    }

    @Override
    public Provider provider() {
        return Provider.ANTHROPIC;
    }

    @Override
    public ModelResponse complete(ModelRequest request, Duration deadline, CallGuard guard) {
        if (!guard.maySend()) {
            throw new NotSentException();
        }
        asked.add(request);
        return switch (script.remove()) {
            case RuntimeException failure -> throw failure;
            case Object text ->
                new ModelResponse(
                        text.toString(),
                        null,
                        new Usage(10, 5, 2, 1),
                        new BigDecimal("0.01"),
                        "req",
                        stopReason,
                        RateSnapshot.NONE,
                        Provider.ANTHROPIC,
                        "m",
                        Duration.ZERO,
                        false);
        };
    }
}
