package dev.agentfleet.cli.command;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;

/** Times in the past as people type them: a duration back from now ({@code 2h}), or an ISO-8601 instant with its offset; as REST takes them. */
final class SinceConverter implements CommandLine.ITypeConverter<String> {
    private final DurationConverter durations = new DurationConverter();

    @Override
    public String convert(String value) {
        try {
            return value.matches("\\d{4}-.*")
                    ? OffsetDateTime.parse(value).toInstant().toString()
                    : durations.convert(value).toString();
        } catch (DateTimeParseException | CommandLine.TypeConversionException e) {
            throw new CommandLine.TypeConversionException(
                    "'" + value
                            + "' must be a duration back from now such as 30m or 2h, or an instant such as 2026-01-02T03:04:05Z");
        }
    }
}
