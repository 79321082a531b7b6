package dev.agentfleet.worker.kafka;

import dev.agentfleet.contract.Topics;
import dev.agentfleet.worker.budget.RunBudgets;
import dev.agentfleet.worker.runtime.WorkerIdentity;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;

/** Joins the budgets of runs to Kafka. */
final class BudgetBeans {

    @Produces
    @Singleton
    KafkaBudgetLink link(
            @Identifier("default-kafka-broker") Map<String, Object> kafka, Topics topics, WorkerIdentity identity) {
        return new KafkaBudgetLink(kafka, topics, identity.workerId());
    }

    void close(@Disposes KafkaBudgetLink link) {
        link.close();
    }

    @Produces
    @Singleton
    RunBudgets budgets(KafkaBudgetLink link, WorkerIdentity identity) {
        return new RunBudgets(identity.workerId(), link);
    }

    void close(@Disposes RunBudgets budgets) {
        budgets.close();
    }
}
