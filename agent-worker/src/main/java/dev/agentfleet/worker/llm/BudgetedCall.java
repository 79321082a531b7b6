package dev.agentfleet.worker.llm;

import dev.agentfleet.contract.BudgetAmount;
import dev.agentfleet.worker.budget.Reserved;
import dev.agentfleet.worker.llm.ModelCallException.Kind;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A call that its run's budget allows. What it took is settled when it is closed; nothing, when it was not made. */
final class BudgetedCall implements AutoCloseable {

    /** Of a run without a budget. */
    static final BudgetedCall FREE = new BudgetedCall(null);

    private final @Nullable Charge charge;
    private BudgetAmount used = BudgetAmount.NONE;

    /** Where it is charged. */
    record Charge(Reserved reserved, CallPrice price) {}

    BudgetedCall(@Nullable Charge charge) {
        this.charge = charge;
    }

    /** Makes the call. One whose end nobody saw counts as it was estimated: it may be billed. */
    ModelResponse make(Supplier<ModelResponse> call) {
        if (charge == null) {
            return call.get();
        }
        used = charge.reserved().amount();
        try {
            ModelResponse response = call.get();
            used = charge.price().of(response);
            return response;
        } catch (NotSentException e) {
            used = BudgetAmount.NONE;
            throw e;
        } catch (ModelCallException e) {
            if (e.kind() != Kind.TIMED_OUT || !e.billed().equals(Usage.NONE)) {
                used = charge.price().of(e.billed());
            }
            throw e;
        }
    }

    @Override
    public void close() {
        if (charge != null) {
            charge.reserved().settle(used);
        }
    }
}
