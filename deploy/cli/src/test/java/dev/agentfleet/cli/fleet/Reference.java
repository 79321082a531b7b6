package dev.agentfleet.cli.fleet;

import dev.agentfleet.cli.local.FleetHome;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The code in the message reference, for a broker other than the one it names. */
final class Reference {

    private static final String BROKER = "127.0.0.1:9092";

    private Reference() {}

    /** The blocks of the language that hold the text, in their order. */
    static List<String> blocks(String language, String text, String bootstrapServers) throws IOException {
        String page = Files.readString(FleetHome.current().root().resolve("design/messages.md"));
        return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
                .matcher(page)
                .results()
                .map((MatchResult block) -> block.group(1).replace(BROKER, bootstrapServers))
                .filter(block -> block.contains(text))
                .toList();
    }
}
