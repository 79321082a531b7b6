package dev.agentfleet.cli.agents;

import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** What a jar holds of agents, as its class files say. */
final class AgentJar {

    private static final String AGENT = "dev/agentfleet/agent/Agent";
    private static final String SCOPES = "Ljakarta/enterprise/context/";
    private static final String SINGLETON = "Ljakarta/inject/Singleton;";
    private static final List<String> MARKS = List.of("META-INF/beans.xml", "META-INF/jandex.idx");

    private final Path file;
    private final boolean marked;
    private final Map<String, ClassModel> classes;

    private AgentJar(Path file, boolean marked, Map<String, ClassModel> classes) {
        this.file = file;
        this.marked = marked;
        this.classes = classes;
    }

    static AgentJar read(Path file) {
        var classes = new HashMap<String, ClassModel>();
        try (var jar = new JarFile(file.toFile())) {
            for (JarEntry entry : jar.stream().filter(AgentJar::isClass).toList()) {
                try (var bytes = jar.getInputStream(entry)) {
                    ClassModel model = ClassFile.of().parse(bytes.readAllBytes());
                    classes.put(model.thisClass().asInternalName(), model);
                }
            }
            return new AgentJar(file, MARKS.stream().anyMatch(mark -> jar.getEntry(mark) != null), classes);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidAgentJarException(file + ": is no readable jar (" + e.getMessage() + ")");
        }
    }

    /** Refuses a jar in which a worker would find no agent. */
    void requireAgent() {
        List<ClassModel> agents = classes.values().stream()
                .filter(model -> !model.flags().has(AccessFlag.ABSTRACT))
                .filter(this::isAgent)
                .toList();
        if (agents.isEmpty()) {
            throw refusal("holds no agent: no class in it implements dev.agentfleet.agent.Agent; what agents need"
                    + " belongs into the directory lib beside it");
        }
        if (!marked) {
            throw refusal("needs a file META-INF/beans.xml (it may be empty), without which no worker looks into it");
        }
        if (agents.stream().noneMatch(AgentJar::hasScope)) {
            throw refusal(agents.getFirst().thisClass().asInternalName().replace('/', '.')
                    + " needs a scope such as @ApplicationScoped");
        }
    }

    private static boolean isClass(JarEntry entry) {
        String name = entry.getName();
        return name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("module-info.class");
    }

    /** Also by a superclass or interface, as far as they lie in the jar. */
    private boolean isAgent(@Nullable ClassModel model) {
        if (model == null) {
            return false;
        }
        var above = new ArrayList<String>();
        model.superclass().map(ClassEntry::asInternalName).ifPresent(above::add);
        model.interfaces().forEach(each -> above.add(each.asInternalName()));
        return above.stream().anyMatch(name -> name.equals(AGENT) || isAgent(classes.get(name)));
    }

    private static boolean hasScope(ClassModel model) {
        return model.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(found -> found.annotations().stream())
                .map(Annotation::className)
                .anyMatch(name -> name.stringValue().startsWith(SCOPES) || name.equalsString(SINGLETON));
    }

    private InvalidAgentJarException refusal(String why) {
        return new InvalidAgentJarException(file + ": " + why);
    }
}
