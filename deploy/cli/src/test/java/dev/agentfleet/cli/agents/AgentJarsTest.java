package dev.agentfleet.cli.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentJarsTest {
    private static final ClassDesc AGENT = ClassDesc.of("dev.agentfleet.agent.Agent");
    private static final byte[] EMPTY = {};

    @TempDir
    Path directory;

    @Test
    void takesJarsOfAgentsAndTheirLibraries() throws Exception {
        Path agent =
                jar("words.jar", Map.of("META-INF/beans.xml", EMPTY, "org/acme/Words.class", scoped("Words", AGENT)));
        Files.createDirectory(directory.resolve("lib"));
        Path library = jar("lib/stemmer.jar", Map.of("org/acme/Stemmer.class", plain("Stemmer", Object.class)));

        assertThat(AgentJars.in(directory).all()).containsExactly(agent, library);
    }

    @Test
    void findsAnAgentBehindASuperclass() throws Exception {
        byte[] below = ClassFile.of()
                .build(
                        ClassDesc.of("org.acme.Below"),
                        type -> type.withSuperclass(ClassDesc.of("org.acme.Above"))
                                .with(RuntimeVisibleAnnotationsAttribute.of(Annotation.of(scope()))));
        jar(
                "a.jar",
                Map.of(
                        "META-INF/jandex.idx",
                        EMPTY,
                        "org/acme/Above.class",
                        plain("Above", AGENT),
                        "org/acme/Below.class",
                        below));

        assertThat(AgentJars.in(directory).all()).hasSize(1);
    }

    @Test
    void saysWhatIsWrongWithAJar() throws Exception {
        refuses(
                "none.jar",
                Map.of("META-INF/beans.xml", EMPTY, "org/acme/Other.class", plain("Other", Object.class)),
                "none.jar: holds no agent");
        refuses(
                "unmarked.jar",
                Map.of("org/acme/Words.class", scoped("Words", AGENT)),
                "unmarked.jar: needs a file META-INF/beans.xml");
        refuses(
                "scopeless.jar",
                Map.of("META-INF/beans.xml", EMPTY, "org/acme/Words.class", plain("Words", AGENT)),
                "org.acme.Words needs a scope such as @ApplicationScoped");
        refuses("broken.jar", Map.of("org/acme/Words.class", new byte[] {1, 2}), "broken.jar: is no readable jar");
        Files.writeString(directory.resolve("text.jar"), "text");
        assertThatThrownBy(() -> AgentJars.in(directory)).hasMessageContaining("text.jar: is no readable jar");
    }

    @Test
    void refusesADirectoryWithoutJars() {
        assertThatThrownBy(() -> AgentJars.in(directory))
                .isInstanceOf(InvalidAgentJarException.class)
                .hasMessage("'" + directory + "' must be a directory with a jar of agents");
        assertThatThrownBy(() -> AgentJars.in(directory.resolve("nowhere"))).hasMessageContaining("nowhere");
    }

    private void refuses(String name, Map<String, byte[]> entries, String message) throws IOException {
        Path jar = jar(name, entries);
        assertThatThrownBy(() -> AgentJars.in(directory))
                .isInstanceOf(InvalidAgentJarException.class)
                .hasMessageContaining(message);
        Files.delete(jar);
    }

    private static byte[] scoped(String name, ClassDesc type) {
        return ClassFile.of()
                .build(
                        ClassDesc.of("org.acme." + name),
                        builder -> builder.withInterfaceSymbols(type)
                                .with(RuntimeVisibleAnnotationsAttribute.of(Annotation.of(scope()))));
    }

    private static byte[] plain(String name, ClassDesc type) {
        return ClassFile.of().build(ClassDesc.of("org.acme." + name), builder -> builder.withInterfaceSymbols(type));
    }

    private static byte[] plain(String name, Class<?> parent) {
        return ClassFile.of()
                .build(
                        ClassDesc.of("org.acme." + name),
                        builder -> builder.withSuperclass(
                                parent.describeConstable().orElseThrow()));
    }

    private static ClassDesc scope() {
        return ClassDesc.of("jakarta.enterprise.context.ApplicationScoped");
    }

    private Path jar(String name, Map<String, byte[]> entries) throws IOException {
        Path file = directory.resolve(name);
        try (var jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (var entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        }
        return file;
    }
}
