package dev.agentfleet.cli.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** Command lines of Java children. */
final class JavaCommand {
    /** Ctrl-C reaches every process of the terminal at once; the children must wait until it is their turn. */
    private static final List<String> DEAF_TO_CTRL_C = List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    private static final String CHILD_MAIN = "dev.agentfleet.cli.child.ChildMain";
    private static final String LIST_SEPARATOR = " ";
    /** A variable of the environment: further options of each JVM, separated by white space. */
    private static final String FURTHER = "FLEET_JVM_ARGS";

    private final List<String> words = new ArrayList<>();

    private JavaCommand() {
        words.addAll(DEAF_TO_CTRL_C);
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("-XX:+UseSerialGC");
        words.addAll(LargePages.flags());
        words.add("-XX:+ExitOnOutOfMemoryError");
        String further = System.getenv(FURTHER);
        if (further != null && !further.isBlank()) {
            words.addAll(List.of(further.strip().split("\\s+")));
        }
    }

    /** Runs the jar as it is. */
    static List<String> jar(Path jar, String heap, List<String> arguments) {
        var command = new JavaCommand();
        command.words.add("-Xmx" + heap);
        command.words.addAll(List.of("-jar", jar.toString()));
        command.words.addAll(arguments);
        return command.words;
    }

    /** Works out anew what the service in the jar consists of, after jars were added to it. */
    static List<String> rebuilding(Path jar) {
        var command = new JavaCommand();
        command.words.addAll(
                List.of("-XX:TieredStopAtLevel=1", "-Dquarkus.launch.rebuild=true", "-jar", jar.toString()));
        return command.words;
    }

    /** Runs the jar's main class so that it ends with this process. */
    static List<String> endingWithThisProcess(Path jar, Path childMain, String heap, Map<String, String> properties)
            throws IOException {
        var command = new JavaCommand();
        command.words.add("-Xmx" + heap);
        String mainClass = command.open(jar);
        new TreeMap<>(properties).forEach((key, value) -> command.words.add("-D" + key + "=" + value));
        command.words.addAll(List.of(
                "-cp",
                childMain + File.pathSeparator + jar,
                CHILD_MAIN,
                Long.toString(ProcessHandle.current().pid()),
                mainClass));
        return command.words;
    }

    /** What {@code java -jar} takes from the manifest it does not take from a class path. */
    private String open(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            Attributes manifest = file.getManifest().getMainAttributes();
            add("--add-opens", manifest.getValue("Add-Opens"));
            add("--add-exports", manifest.getValue("Add-Exports"));
            words.add("--enable-native-access=ALL-UNNAMED");
            words.add("--sun-misc-unsafe-memory-access=allow");
            return manifest.getValue(Attributes.Name.MAIN_CLASS);
        }
    }

    private void add(String flag, @Nullable String packages) {
        if (packages != null) {
            for (String each : packages.split(LIST_SEPARATOR)) {
                words.addAll(List.of(flag, each + "=ALL-UNNAMED"));
            }
        }
    }
}
