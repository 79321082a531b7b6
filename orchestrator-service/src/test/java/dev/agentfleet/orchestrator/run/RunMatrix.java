package dev.agentfleet.orchestrator.run;

/** The whole of {@link RunMachine} as a table, for the samples of {@link RunMachineTest}. */
final class RunMatrix {

    /** What every event does in every phase: the phase it leads to and the effects, or why not. */
    static final String EXPECTED = """
            none | Submitted | RUNNING [AddTasks]
            none | Submitted open | COLLECTING [AddTasks]
            none | Submitted to start later | HELD [AddTasks]
            none | Submitted after its cancel | STOPPING [AddTasks]
            none | Submitted to an unknown pool | rejected
            none | Submitted with other content | RUNNING [AddTasks]
            none | Appended | rejected
            none | Appended early | rejected
            none | Appended again | rejected
            none | Appended with other content | rejected
            none | Appended too many | rejected
            none | SealReceived | rejected
            none | SealReceived for more | rejected
            none | SealReceived, wrong | rejected
            none | CancelReceived | none [RememberCancel]
            none | TaskMoved | UNKNOWN_TASK
            none | RedriveReceived | rejected
            none | RedriveReceived for revision 2 | rejected
            none | RedriveReceived for revision 2, other | rejected
            none | RedriveReceived for revision 3 | rejected
            none | RedriveReceived to start later | rejected
            none | RedriveWalked | NOT_APPLICABLE
            none | RedriveWalked to the end | NOT_APPLICABLE
            none | StartReached | NOT_APPLICABLE
            none | DeadlinePassed | NOT_APPLICABLE
            none | SealOverdue | NOT_APPLICABLE
            none | RetentionPassed | NOT_APPLICABLE
            none | PurgeSwept | NOT_APPLICABLE
            none | PurgeSwept to the end | NOT_APPLICABLE
            HELD | Submitted | rejected
            HELD | Submitted open | DUPLICATE
            HELD | Submitted to start later | rejected
            HELD | Submitted after its cancel | rejected
            HELD | Submitted to an unknown pool | rejected
            HELD | Submitted with other content | rejected
            HELD | Appended | HELD [AddTasks]
            HELD | Appended early | HELD [KeepChunk]
            HELD | Appended again | DUPLICATE
            HELD | Appended with other content | rejected
            HELD | Appended too many | rejected
            HELD | SealReceived | HELD
            HELD | SealReceived for more | HELD
            HELD | SealReceived, wrong | STOPPING [StopWorkers]
            HELD | CancelReceived | STOPPING [StopWorkers]
            HELD | TaskMoved | HELD
            HELD | RedriveReceived | rejected
            HELD | RedriveReceived for revision 2 | rejected
            HELD | RedriveReceived for revision 2, other | rejected
            HELD | RedriveReceived for revision 3 | rejected
            HELD | RedriveReceived to start later | rejected
            HELD | RedriveWalked | NOT_APPLICABLE
            HELD | RedriveWalked to the end | NOT_APPLICABLE
            HELD | StartReached | COLLECTING
            HELD | DeadlinePassed | STOPPING [StopWorkers]
            HELD | SealOverdue | STOPPING [StopWorkers]
            HELD | RetentionPassed | NOT_APPLICABLE
            HELD | PurgeSwept | NOT_APPLICABLE
            HELD | PurgeSwept to the end | NOT_APPLICABLE
            HELD, complete | Submitted | DUPLICATE
            HELD, complete | Submitted open | rejected
            HELD, complete | Submitted to start later | rejected
            HELD, complete | Submitted after its cancel | DUPLICATE
            HELD, complete | Submitted to an unknown pool | rejected
            HELD, complete | Submitted with other content | rejected
            HELD, complete | Appended | rejected
            HELD, complete | Appended early | rejected
            HELD, complete | Appended again | DUPLICATE
            HELD, complete | Appended with other content | rejected
            HELD, complete | Appended too many | rejected
            HELD, complete | SealReceived | NOT_APPLICABLE
            HELD, complete | SealReceived for more | NOT_APPLICABLE
            HELD, complete | SealReceived, wrong | NOT_APPLICABLE
            HELD, complete | CancelReceived | STOPPING [StopWorkers]
            HELD, complete | TaskMoved | HELD
            HELD, complete | RedriveReceived | rejected
            HELD, complete | RedriveReceived for revision 2 | rejected
            HELD, complete | RedriveReceived for revision 2, other | rejected
            HELD, complete | RedriveReceived for revision 3 | rejected
            HELD, complete | RedriveReceived to start later | rejected
            HELD, complete | RedriveWalked | NOT_APPLICABLE
            HELD, complete | RedriveWalked to the end | NOT_APPLICABLE
            HELD, complete | StartReached | RUNNING
            HELD, complete | DeadlinePassed | STOPPING [StopWorkers]
            HELD, complete | SealOverdue | NOT_APPLICABLE
            HELD, complete | RetentionPassed | NOT_APPLICABLE
            HELD, complete | PurgeSwept | NOT_APPLICABLE
            HELD, complete | PurgeSwept to the end | NOT_APPLICABLE
            COLLECTING | Submitted | rejected
            COLLECTING | Submitted open | DUPLICATE
            COLLECTING | Submitted to start later | rejected
            COLLECTING | Submitted after its cancel | rejected
            COLLECTING | Submitted to an unknown pool | rejected
            COLLECTING | Submitted with other content | rejected
            COLLECTING | Appended | COLLECTING [AddTasks]
            COLLECTING | Appended early | COLLECTING [KeepChunk]
            COLLECTING | Appended again | DUPLICATE
            COLLECTING | Appended with other content | rejected
            COLLECTING | Appended too many | rejected
            COLLECTING | SealReceived | RUNNING
            COLLECTING | SealReceived for more | COLLECTING
            COLLECTING | SealReceived, wrong | STOPPING [StopWorkers]
            COLLECTING | CancelReceived | STOPPING [StopWorkers]
            COLLECTING | TaskMoved | COLLECTING
            COLLECTING | RedriveReceived | rejected
            COLLECTING | RedriveReceived for revision 2 | rejected
            COLLECTING | RedriveReceived for revision 2, other | rejected
            COLLECTING | RedriveReceived for revision 3 | rejected
            COLLECTING | RedriveReceived to start later | rejected
            COLLECTING | RedriveWalked | NOT_APPLICABLE
            COLLECTING | RedriveWalked to the end | NOT_APPLICABLE
            COLLECTING | StartReached | NOT_APPLICABLE
            COLLECTING | DeadlinePassed | STOPPING [StopWorkers]
            COLLECTING | SealOverdue | STOPPING [StopWorkers]
            COLLECTING | RetentionPassed | NOT_APPLICABLE
            COLLECTING | PurgeSwept | NOT_APPLICABLE
            COLLECTING | PurgeSwept to the end | NOT_APPLICABLE
            RUNNING | Submitted | DUPLICATE
            RUNNING | Submitted open | rejected
            RUNNING | Submitted to start later | rejected
            RUNNING | Submitted after its cancel | DUPLICATE
            RUNNING | Submitted to an unknown pool | rejected
            RUNNING | Submitted with other content | rejected
            RUNNING | Appended | rejected
            RUNNING | Appended early | rejected
            RUNNING | Appended again | DUPLICATE
            RUNNING | Appended with other content | rejected
            RUNNING | Appended too many | rejected
            RUNNING | SealReceived | NOT_APPLICABLE
            RUNNING | SealReceived for more | NOT_APPLICABLE
            RUNNING | SealReceived, wrong | NOT_APPLICABLE
            RUNNING | CancelReceived | STOPPING [StopWorkers]
            RUNNING | TaskMoved | RUNNING
            RUNNING | RedriveReceived | rejected
            RUNNING | RedriveReceived for revision 2 | rejected
            RUNNING | RedriveReceived for revision 2, other | rejected
            RUNNING | RedriveReceived for revision 3 | rejected
            RUNNING | RedriveReceived to start later | rejected
            RUNNING | RedriveWalked | NOT_APPLICABLE
            RUNNING | RedriveWalked to the end | NOT_APPLICABLE
            RUNNING | StartReached | NOT_APPLICABLE
            RUNNING | DeadlinePassed | STOPPING [StopWorkers]
            RUNNING | SealOverdue | NOT_APPLICABLE
            RUNNING | RetentionPassed | NOT_APPLICABLE
            RUNNING | PurgeSwept | NOT_APPLICABLE
            RUNNING | PurgeSwept to the end | NOT_APPLICABLE
            STOPPING | Submitted | DUPLICATE
            STOPPING | Submitted open | rejected
            STOPPING | Submitted to start later | rejected
            STOPPING | Submitted after its cancel | DUPLICATE
            STOPPING | Submitted to an unknown pool | rejected
            STOPPING | Submitted with other content | rejected
            STOPPING | Appended | NOT_APPLICABLE
            STOPPING | Appended early | NOT_APPLICABLE
            STOPPING | Appended again | DUPLICATE
            STOPPING | Appended with other content | rejected
            STOPPING | Appended too many | NOT_APPLICABLE
            STOPPING | SealReceived | NOT_APPLICABLE
            STOPPING | SealReceived for more | NOT_APPLICABLE
            STOPPING | SealReceived, wrong | NOT_APPLICABLE
            STOPPING | CancelReceived | NOT_APPLICABLE
            STOPPING | TaskMoved | STOPPING
            STOPPING | RedriveReceived | rejected
            STOPPING | RedriveReceived for revision 2 | rejected
            STOPPING | RedriveReceived for revision 2, other | rejected
            STOPPING | RedriveReceived for revision 3 | rejected
            STOPPING | RedriveReceived to start later | rejected
            STOPPING | RedriveWalked | NOT_APPLICABLE
            STOPPING | RedriveWalked to the end | NOT_APPLICABLE
            STOPPING | StartReached | NOT_APPLICABLE
            STOPPING | DeadlinePassed | NOT_APPLICABLE
            STOPPING | SealOverdue | NOT_APPLICABLE
            STOPPING | RetentionPassed | NOT_APPLICABLE
            STOPPING | PurgeSwept | NOT_APPLICABLE
            STOPPING | PurgeSwept to the end | NOT_APPLICABLE
            COMPLETED | Submitted | DUPLICATE
            COMPLETED | Submitted open | rejected
            COMPLETED | Submitted to start later | rejected
            COMPLETED | Submitted after its cancel | DUPLICATE
            COMPLETED | Submitted to an unknown pool | rejected
            COMPLETED | Submitted with other content | rejected
            COMPLETED | Appended | rejected
            COMPLETED | Appended early | rejected
            COMPLETED | Appended again | DUPLICATE
            COMPLETED | Appended with other content | rejected
            COMPLETED | Appended too many | rejected
            COMPLETED | SealReceived | NOT_APPLICABLE
            COMPLETED | SealReceived for more | NOT_APPLICABLE
            COMPLETED | SealReceived, wrong | NOT_APPLICABLE
            COMPLETED | CancelReceived | NOT_APPLICABLE
            COMPLETED | TaskMoved | NOT_APPLICABLE
            COMPLETED | RedriveReceived | RUNNING [Reopen]
            COMPLETED | RedriveReceived for revision 2 | RUNNING [Reopen]
            COMPLETED | RedriveReceived for revision 2, other | RUNNING [Reopen]
            COMPLETED | RedriveReceived for revision 3 | rejected
            COMPLETED | RedriveReceived to start later | HELD
            COMPLETED | RedriveWalked | NOT_APPLICABLE
            COMPLETED | RedriveWalked to the end | NOT_APPLICABLE
            COMPLETED | StartReached | NOT_APPLICABLE
            COMPLETED | DeadlinePassed | NOT_APPLICABLE
            COMPLETED | SealOverdue | NOT_APPLICABLE
            COMPLETED | RetentionPassed | PURGING [Purge]
            COMPLETED | PurgeSwept | NOT_APPLICABLE
            COMPLETED | PurgeSwept to the end | NOT_APPLICABLE
            RUNNING, redriven | Submitted | DUPLICATE
            RUNNING, redriven | Submitted open | rejected
            RUNNING, redriven | Submitted to start later | rejected
            RUNNING, redriven | Submitted after its cancel | DUPLICATE
            RUNNING, redriven | Submitted to an unknown pool | rejected
            RUNNING, redriven | Submitted with other content | rejected
            RUNNING, redriven | Appended | rejected
            RUNNING, redriven | Appended early | rejected
            RUNNING, redriven | Appended again | DUPLICATE
            RUNNING, redriven | Appended with other content | rejected
            RUNNING, redriven | Appended too many | rejected
            RUNNING, redriven | SealReceived | NOT_APPLICABLE
            RUNNING, redriven | SealReceived for more | NOT_APPLICABLE
            RUNNING, redriven | SealReceived, wrong | NOT_APPLICABLE
            RUNNING, redriven | CancelReceived | COMPLETED [StopWorkers, Complete]
            RUNNING, redriven | TaskMoved | RUNNING
            RUNNING, redriven | RedriveReceived | rejected
            RUNNING, redriven | RedriveReceived for revision 2 | DUPLICATE
            RUNNING, redriven | RedriveReceived for revision 2, other | rejected
            RUNNING, redriven | RedriveReceived for revision 3 | rejected
            RUNNING, redriven | RedriveReceived to start later | rejected
            RUNNING, redriven | RedriveWalked | RUNNING
            RUNNING, redriven | RedriveWalked to the end | COMPLETED [Complete]
            RUNNING, redriven | StartReached | NOT_APPLICABLE
            RUNNING, redriven | DeadlinePassed | COMPLETED [StopWorkers, Complete]
            RUNNING, redriven | SealOverdue | NOT_APPLICABLE
            RUNNING, redriven | RetentionPassed | NOT_APPLICABLE
            RUNNING, redriven | PurgeSwept | NOT_APPLICABLE
            RUNNING, redriven | PurgeSwept to the end | NOT_APPLICABLE
            HELD, redriven | Submitted | DUPLICATE
            HELD, redriven | Submitted open | rejected
            HELD, redriven | Submitted to start later | rejected
            HELD, redriven | Submitted after its cancel | DUPLICATE
            HELD, redriven | Submitted to an unknown pool | rejected
            HELD, redriven | Submitted with other content | rejected
            HELD, redriven | Appended | rejected
            HELD, redriven | Appended early | rejected
            HELD, redriven | Appended again | DUPLICATE
            HELD, redriven | Appended with other content | rejected
            HELD, redriven | Appended too many | rejected
            HELD, redriven | SealReceived | NOT_APPLICABLE
            HELD, redriven | SealReceived for more | NOT_APPLICABLE
            HELD, redriven | SealReceived, wrong | NOT_APPLICABLE
            HELD, redriven | CancelReceived | COMPLETED [StopWorkers, Complete]
            HELD, redriven | TaskMoved | HELD
            HELD, redriven | RedriveReceived | rejected
            HELD, redriven | RedriveReceived for revision 2 | rejected
            HELD, redriven | RedriveReceived for revision 2, other | rejected
            HELD, redriven | RedriveReceived for revision 3 | rejected
            HELD, redriven | RedriveReceived to start later | DUPLICATE
            HELD, redriven | RedriveWalked | NOT_APPLICABLE
            HELD, redriven | RedriveWalked to the end | NOT_APPLICABLE
            HELD, redriven | StartReached | RUNNING [Reopen]
            HELD, redriven | DeadlinePassed | COMPLETED [StopWorkers, Complete]
            HELD, redriven | SealOverdue | NOT_APPLICABLE
            HELD, redriven | RetentionPassed | NOT_APPLICABLE
            HELD, redriven | PurgeSwept | NOT_APPLICABLE
            HELD, redriven | PurgeSwept to the end | NOT_APPLICABLE
            PURGING | Submitted | DUPLICATE
            PURGING | Submitted open | rejected
            PURGING | Submitted to start later | rejected
            PURGING | Submitted after its cancel | DUPLICATE
            PURGING | Submitted to an unknown pool | rejected
            PURGING | Submitted with other content | rejected
            PURGING | Appended | rejected
            PURGING | Appended early | rejected
            PURGING | Appended again | DUPLICATE
            PURGING | Appended with other content | rejected
            PURGING | Appended too many | rejected
            PURGING | SealReceived | NOT_APPLICABLE
            PURGING | SealReceived for more | NOT_APPLICABLE
            PURGING | SealReceived, wrong | NOT_APPLICABLE
            PURGING | CancelReceived | NOT_APPLICABLE
            PURGING | TaskMoved | NOT_APPLICABLE
            PURGING | RedriveReceived | rejected
            PURGING | RedriveReceived for revision 2 | rejected
            PURGING | RedriveReceived for revision 2, other | rejected
            PURGING | RedriveReceived for revision 3 | rejected
            PURGING | RedriveReceived to start later | rejected
            PURGING | RedriveWalked | NOT_APPLICABLE
            PURGING | RedriveWalked to the end | NOT_APPLICABLE
            PURGING | StartReached | NOT_APPLICABLE
            PURGING | DeadlinePassed | NOT_APPLICABLE
            PURGING | SealOverdue | NOT_APPLICABLE
            PURGING | RetentionPassed | NOT_APPLICABLE
            PURGING | PurgeSwept | PURGING
            PURGING | PurgeSwept to the end | none [Forget]
            """;

    private RunMatrix() {}
}
