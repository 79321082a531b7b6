package dev.agentfleet.worker.prompt;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A text with places for values. {@code {name}} is such a place, {@code {{name}}} the text {@code {name}}; any other brace is
 * what it is. Values are put in as they are: places within them are none.
 */
public final class PromptTemplate {

    private static final String NAME = "([A-Za-z][A-Za-z0-9_]*)";
    private static final Pattern PLACE = Pattern.compile("\\{\\{" + NAME + "}}|\\{" + NAME + "}");
    private static final int QUOTED = 1;
    private static final int PLACED = 2;

    private final String text;
    private final Set<String> names = new TreeSet<>();

    public PromptTemplate(String text) {
        this.text = text;
        var place = PLACE.matcher(text);
        while (place.find()) {
            if (place.group(PLACED) != null) {
                names.add(place.group(PLACED));
            }
        }
    }

    /** Throws {@link IllegalArgumentException} unless there is a value for each place and a place for each value. */
    public void check(Set<String> values) {
        for (String name : names) {
            if (!values.contains(name)) {
                throw new IllegalArgumentException(
                        "values: '" + name + "' must be given: the prompt has a place {" + name + "}");
            }
        }
        for (String name : values) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException(
                        "values: '" + name + "' must have a place {" + name + "} in the prompt, and has none");
            }
        }
    }

    /** The text with the values in their places. Throws as {@link #check} does. */
    public String with(Map<String, String> values) {
        check(values.keySet());
        var filled = new StringBuilder();
        var place = PLACE.matcher(text);
        int from = 0;
        while (place.find()) {
            filled.append(text, from, place.start());
            String name = place.group(PLACED);
            filled.append(
                    name == null ? "{" + place.group(QUOTED) + "}" : Objects.requireNonNull(values.get(name), name));
            from = place.end();
        }
        return filled.append(text, from, text.length()).toString();
    }
}
