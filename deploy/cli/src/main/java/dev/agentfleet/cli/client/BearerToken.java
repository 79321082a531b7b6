package dev.agentfleet.cli.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What shows an orchestrator who asks. From the environment, never from the command line, where every process sees it; and
 * no message holds it.
 */
public final class BearerToken {
    public static final BearerToken NONE = new BearerToken(Map.of());

    private static final String TOKEN = "FLEET_TOKEN";
    private static final String FILE = "FLEET_TOKEN_FILE";
    private static final Pattern RULE = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final Map<String, String> environment;

    private BearerToken(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The token itself wins over the name of a file that holds one. */
    public static BearerToken of(Map<String, String> environment) {
        return new BearerToken(environment);
    }

    /** Value of the Authorization header. The file is read each time: whoever renews the token writes it anew. */
    Optional<String> authorization() {
        String token = environment.getOrDefault(TOKEN, "").strip();
        String file = environment.getOrDefault(FILE, "").strip();
        if (!token.isEmpty()) {
            return Optional.of("Bearer " + checked(TOKEN, token));
        }
        return file.isEmpty() ? Optional.empty() : Optional.of("Bearer " + checked(FILE, read(file)));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException | InvalidPathException e) {
            throw new InvalidTokenException(FILE + ": cannot read '" + file + "'");
        }
    }

    private static String checked(String name, String token) {
        if (!RULE.matcher(token).matches()) {
            throw new InvalidTokenException(name + ": holds no bearer token: letters, digits and ._~+/- only");
        }
        return token;
    }
}
