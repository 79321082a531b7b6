package dev.agentfleet.worker.quota;

import dev.agentfleet.contract.AskPermits;
import dev.agentfleet.contract.PermitsGranted;
import dev.agentfleet.contract.QuotaAmount;
import dev.agentfleet.contract.QuotaRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An owner that grants all that is asked, when it is told to. */
public final class FakeOwner implements QuotaTransport {

    private final List<QuotaRequest> asked = new CopyOnWriteArrayList<>();
    private volatile @Nullable Consumer<PermitsGranted> onGranted;

    @Override
    public void open(Consumer<PermitsGranted> to) {
        onGranted = to;
    }

    @Override
    public void send(QuotaRequest request) {
        asked.add(request);
    }

    public List<QuotaRequest> asked() {
        return List.copyOf(asked);
    }

    /** Whether anybody ever had to ask. */
    public boolean isKnown() {
        return onGranted != null;
    }

    /** Answers the last ask. */
    public void grant() {
        AskPermits ask = (AskPermits) asked.getLast();
        Consumer<PermitsGranted> to = onGranted;
        if (to != null) {
            to.accept(new PermitsGranted(
                    ask.lane(),
                    ask.workerId(),
                    ask.number(),
                    ask.want(),
                    Instant.EPOCH,
                    Duration.ofMinutes(1),
                    Duration.ZERO,
                    QuotaAmount.NONE));
        }
    }
}
