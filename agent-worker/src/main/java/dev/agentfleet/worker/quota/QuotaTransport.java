package dev.agentfleet.worker.quota;

import dev.agentfleet.contract.PermitsGranted;
import dev.agentfleet.contract.QuotaRequest;
import java.util.function.Consumer;

/** The way to the owner of the quotas. */
public interface QuotaTransport {

    /** Returns once no answer to what is sent from now on is missed; may take as long as the broker is away. Called once. */
    void open(Consumer<PermitsGranted> onGranted) throws InterruptedException;

    /** Sends it soon, or never. May block for a while. */
    void send(QuotaRequest request);
}
