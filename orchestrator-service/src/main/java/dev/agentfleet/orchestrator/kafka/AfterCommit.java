package dev.agentfleet.orchestrator.kafka;

import dev.agentfleet.orchestrator.topology.TransactionListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Does what was asked for on a stream thread once its transaction is committed, and drops it when that is aborted. */
public final class AfterCommit implements TransactionListener, Consumer<Runnable> {

    private final ThreadLocal<List<Runnable>> open = ThreadLocal.withInitial(ArrayList::new);

    @Override
    public void accept(Runnable action) {
        open.get().add(action);
    }

    @Override
    public void committed() {
        List<Runnable> actions = open.get();
        actions.forEach(Runnable::run);
        actions.clear();
    }

    @Override
    public void aborted() {
        open.get().clear();
    }
}
