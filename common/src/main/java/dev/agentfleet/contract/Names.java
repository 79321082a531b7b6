package dev.agentfleet.contract;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The form of agent and pool names: they become metric tags and parts of topic names. */
final class Names {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private Names() {}

    static void require(@Nullable String name, String field) {
        if (name != null) {
            Rules.require(
                    FORM.matcher(name).matches(),
                    field,
                    name,
                    "must be 1 to 63 lower-case letters, digits or -, starting with a letter or digit");
        }
    }
}
