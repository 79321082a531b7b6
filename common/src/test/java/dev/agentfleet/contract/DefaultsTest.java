package dev.agentfleet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Defaults name each other, and which class a process meets first is up to the first record it reads. */
class DefaultsTest {

    @ParameterizedTest
    @ValueSource(classes = {RunOptions.class, RetryPolicy.class, StartAfter.class, TaskSpec.class, Failure.class})
    void areWholeWhicheverClassIsMetFirst(Class<?> first) throws Exception {
        try (var fresh = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Class.forName(first.getName(), true, fresh);
            Class<?> options = Class.forName(RunOptions.class.getName(), true, fresh);

            Object defaults = options.getField("DEFAULTS").get(null);

            assertThat(options.getMethod("retry").invoke(defaults)).isNotNull();
            assertThat(options.getMethod("timeout").invoke(defaults)).isNotNull();
            assertThat(options.getMethod("deadline").invoke(defaults)).isNotNull();
        }
    }

    private static URL[] classPath() throws IOException {
        var urls = new ArrayList<URL>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
