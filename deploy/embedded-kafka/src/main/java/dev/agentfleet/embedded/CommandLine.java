package dev.agentfleet.embedded;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the flags of {@link EmbeddedKafkaMain} say. */
record CommandLine(EmbeddedKafkaOptions options, boolean exitWithParent) {
    static final String USAGE = "usage: --data DIR --port N [--controller-port N] [--exit-with-parent]";

    static CommandLine parse(List<String> arguments) {
        @Nullable Path data = null;
        @Nullable Integer port = null;
        var controllerPort = 0;
        var exitWithParent = false;
        for (var rest = arguments.iterator(); rest.hasNext(); ) {
            var flag = rest.next();
            switch (flag) {
                case "--data" -> data = directory(value(InvalidOptionException.DATA, rest));
                case "--port" -> port = port(InvalidOptionException.PORT, rest);
                case "--controller-port" -> controllerPort = port(InvalidOptionException.CONTROLLER_PORT, rest);
                case "--exit-with-parent" -> exitWithParent = true;
                default -> throw new InvalidOptionException(flag, "is not a known flag; " + USAGE);
            }
        }
        return new CommandLine(
                new EmbeddedKafkaOptions(
                        required(InvalidOptionException.DATA, data),
                        required(InvalidOptionException.PORT, port),
                        controllerPort,
                        Map.of()),
                exitWithParent);
    }

    private static Path directory(String value) {
        if (value.isBlank()) {
            throw new InvalidOptionException(InvalidOptionException.DATA, value, "must name a directory");
        }
        return Path.of(value);
    }

    private static int port(String option, Iterator<String> rest) {
        var value = value(option, rest);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new InvalidOptionException(option, value, "must be a port from 1 to 65535, or 0 for a free one");
        }
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new InvalidOptionException(option, "needs a value; " + USAGE);
        }
        return rest.next();
    }

    private static <T> T required(String option, @Nullable T value) {
        if (value == null) {
            throw new InvalidOptionException(option, "must be given; " + USAGE);
        }
        return value;
    }
}
