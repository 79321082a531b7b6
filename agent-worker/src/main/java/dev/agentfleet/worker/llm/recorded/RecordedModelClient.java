package dev.agentfleet.worker.llm.recorded;

import dev.agentfleet.worker.llm.CallGuard;
import dev.agentfleet.worker.llm.ModelClient;
import dev.agentfleet.worker.llm.ModelRequest;
import dev.agentfleet.worker.llm.ModelResponse;
import dev.agentfleet.worker.llm.NotSentException;
import dev.agentfleet.worker.llm.Provider;
import dev.agentfleet.worker.llm.RateSnapshot;
import dev.agentfleet.worker.llm.StopReason;
import dev.agentfleet.worker.llm.Usage;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;

/** Answers as recorded, with the tokens of then, and says so. Nothing is paid. */
@Singleton
public final class RecordedModelClient implements ModelClient {

    private final Recordings recordings;

    public RecordedModelClient(Recordings recordings) {
        this.recordings = recordings;
    }

    @Override
    public Provider provider() {
        return Provider.RECORDED;
    }

    @Override
    public ModelResponse complete(ModelRequest request, Duration deadline, CallGuard guard) {
        if (!guard.maySend()) {
            throw new NotSentException();
        }
        Recording recording = recordings.find(request);
        return new ModelResponse(
                recording.text(),
                null,
                Objects.requireNonNullElse(recording.usage(), Usage.NONE),
                BigDecimal.ZERO,
                null,
                Objects.requireNonNullElse(recording.stopReason(), StopReason.END),
                RateSnapshot.NONE,
                Provider.RECORDED,
                recording.model(),
                Duration.ZERO,
                true);
    }
}
