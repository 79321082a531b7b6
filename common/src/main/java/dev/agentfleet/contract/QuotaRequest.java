package dev.agentfleet.contract;

/** What is asked of the owner of the quotas, on {@code fleet.quota.requests}, keyed by lane. */
public sealed interface QuotaRequest extends Message permits AskPermits, LimitLane, HoldLane {

    Lane lane();
}
