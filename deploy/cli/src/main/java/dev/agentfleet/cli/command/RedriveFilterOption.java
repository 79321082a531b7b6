package dev.agentfleet.cli.command;

import dev.agentfleet.contract.RedriveFilter;
import dev.agentfleet.contract.TaskStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.Stack;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which tasks are to be done again. */
final class RedriveFilterOption {
    @Option(
            names = "--filter",
            paramLabel = "KEY=VALUE",
            parameterConsumer = Values.class,
            description = {
                "Which tasks: status=FAILED, code=EXIT_1 or agent=command; of several, one of the same key must fit and",
                "every key. Default: those that FAILED or TIMED_OUT."
            })
    private List<String> filters = List.of();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** Takes what follows as long as it looks like a filter, so that a RUN may come after it. */
    static final class Values implements CommandLine.IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> left, ArgSpec option, CommandSpec command) {
            if (left.isEmpty()) {
                throw new ParameterException(command.commandLine(), "--filter: must be followed by KEY=VALUE");
            }
            List<String> taken = new ArrayList<>(option.<List<String>>getValue());
            do {
                taken.add(left.pop());
            } while (!left.isEmpty() && left.peek().matches("(status|code|agent)=.*"));
            option.setValue(taken);
        }
    }

    /** Null when none is given. */
    @Nullable
    RedriveFilter value() {
        Set<TaskStatus> statuses = EnumSet.noneOf(TaskStatus.class);
        Set<String> codes = new TreeSet<>();
        Set<String> agents = new TreeSet<>();
        for (String filter : filters) {
            int at = filter.indexOf('=');
            String value = filter.substring(at + 1);
            switch (at < 0 ? "" : filter.substring(0, at)) {
                case "status" -> statuses.add(status(value));
                case "code" -> codes.add(value);
                case "agent" -> agents.add(value);
                default -> throw refused("'" + filter + "' must begin with status=, code= or agent=");
            }
        }
        return filters.isEmpty()
                ? null
                : new RedriveFilter(
                        statuses.isEmpty() ? null : statuses,
                        codes.isEmpty() ? null : codes,
                        agents.isEmpty() ? null : agents);
    }

    private TaskStatus status(String value) {
        return Arrays.stream(TaskStatus.values())
                .filter(status -> status.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> refused("status '" + value + "' must be one of " + List.of(TaskStatus.values())));
    }

    private ParameterException refused(String why) {
        return new ParameterException(spec.commandLine(), "--filter: " + why);
    }
}
