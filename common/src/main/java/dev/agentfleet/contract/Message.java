package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonAppend;

/**
 * The value of a record on a fleet topic. On the wire it is a JSON object whose {@code type} names the record class
 * and whose {@code v} is the schema version; {@code v} may be left out and then means 1.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
@JsonAppend(attrs = @JsonAppend.Attr(Message.VERSION_FIELD))
public sealed interface Message
        permits Request,
                TaskAssignment,
                AttemptReport,
                Tick,
                RunEvent,
                WorkerHeartbeat,
                Control,
                DeadLetter,
                QuotaRequest,
                PermitsGranted,
                BudgetRequest,
                BudgetReserved {

    String VERSION_FIELD = "v";

    /** The schema version this code writes, and the newest it reads. */
    int VERSION = 1;
}
