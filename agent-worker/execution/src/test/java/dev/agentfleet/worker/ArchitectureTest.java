package dev.agentfleet.worker;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The rules of this module. An exception to a rule stands in the rule, with its reason. */
class ArchitectureTest {

    private static final JavaClasses WORKER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.agentfleet.worker");

    @Test
    void theCoreIsPure() {
        classes()
                .that()
                .resideInAPackage("dev.agentfleet.worker.attempt..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java.lang..",
                        "java.util",
                        "java.util.function",
                        "java.util.stream",
                        "java.time",
                        "org.jspecify..",
                        "dev.agentfleet.contract",
                        "dev.agentfleet.agent",
                        "dev.agentfleet.worker.attempt.."))
                .check(WORKER);
        noClasses()
                .that()
                .resideInAPackage("dev.agentfleet.worker.attempt..")
                .should()
                .dependOnClassesThat(belongToAnyOf(Thread.class, System.class, Random.class, UUID.class))
                .check(WORKER);
    }

    @Test
    void runsAnAgentWithoutKafkaCdiAndQuarkus() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.apache.kafka..",
                        "io.quarkus..",
                        "jakarta..",
                        "io.smallrye.reactive.messaging..",
                        "org.eclipse.microprofile.config.."))
                .check(WORKER);
    }

    @Test
    void nothingElseLivesHere() {
        noClasses()
                .should()
                .resideOutsideOfPackages("dev.agentfleet.worker.attempt..", "dev.agentfleet.worker.execution..")
                .check(WORKER);
    }

    @Test
    void timeIsTold() {
        noClasses().should().callMethod(System.class, "nanoTime").check(WORKER);
    }
}
