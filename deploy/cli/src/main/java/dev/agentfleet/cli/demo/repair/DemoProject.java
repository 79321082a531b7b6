package dev.agentfleet.cli.demo.repair;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A small project with a bug that its tests find; the JDK alone runs it. */
final class DemoProject {
    static final String TEST = "CartTest.java";
    static final String REPORT = "report.xml";

    private static final String[] NAMES = {"Cart.java", TEST};

    private DemoProject() {}

    /** Its texts by their paths. */
    static Map<String, String> files() throws IOException {
        var files = new TreeMap<String, String>();
        for (String name : NAMES) {
            try (var in = DemoProject.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IOException("the command line was built without " + name);
                }
                files.put(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
