package dev.agentfleet.orchestrator.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads {@code fleet.orchestrator.advertised-url}. */
public final class AdvertisedUrl {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    private AdvertisedUrl() {}

    /** The address in the one form in which addresses are compared; throws {@link IllegalArgumentException} for any other text. */
    public static Optional<URI> of(OrchestratorConfig config) {
        return config.advertisedUrl().map(AdvertisedUrl::parse);
    }

    static URI parse(String text) {
        try {
            URI uri = new URI(text);
            boolean plain = uri.getUserInfo() == null
                    && (uri.getPath() == null
                            || uri.getPath().isEmpty()
                            || uri.getPath().equals("/"))
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
            if (uri.getScheme() != null
                    && SCHEMES.contains(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getPort() > 0
                    && plain) {
                return new URI(uri.getScheme() + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + uri.getPort());
            }
        } catch (URISyntaxException e) {
            // Refused like any other text that is no address.
        }
        throw new IllegalArgumentException("fleet.orchestrator.advertised-url: '" + text
                + "' must be http or https, host and port, such as http://10.0.0.7:8080");
    }
}
