package dev.agentfleet.cli.command;

import dev.agentfleet.contract.InvalidFieldException;
import dev.agentfleet.contract.StartAfter;
import picocli.CommandLine;

/** Starts as people type them: a duration as elsewhere ({@code 30m}), or an ISO-8601 instant with its offset. */
final class StartAfterConverter implements CommandLine.ITypeConverter<StartAfter> {
    private final DurationConverter durations = new DurationConverter();

    @Override
    public StartAfter convert(String value) {
        try {
            return value.matches("\\d{4}-.*")
                    ? StartAfter.parse(value)
                    : new StartAfter.Delay(durations.convert(value));
        } catch (InvalidFieldException e) {
            throw new CommandLine.TypeConversionException("'" + e.value() + "' " + e.rule());
        } catch (CommandLine.TypeConversionException e) {
            throw new CommandLine.TypeConversionException(
                    e.getMessage() + ", or an instant such as 2026-01-02T03:04:05Z");
        }
    }
}
