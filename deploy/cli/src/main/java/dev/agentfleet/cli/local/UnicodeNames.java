package dev.agentfleet.cli.local;

import java.util.Map;

/** Java reads and passes on file names in the locale's encoding; in the plain C locale every other letter would be lost. */
final class UnicodeNames {
    private UnicodeNames() {}

    static void in(Map<String, String> environment) {
        if (!"UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"))) {
            environment.put("LC_ALL", "C.UTF-8");
        }
    }
}
