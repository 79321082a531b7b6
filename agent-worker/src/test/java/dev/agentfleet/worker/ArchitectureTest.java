package dev.agentfleet.worker;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.agentfleet.worker.agents.sleep.SleepAgent;
import dev.agentfleet.worker.llm.CallBackoff;
import dev.agentfleet.worker.runtime.WorkerIdentity;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rules of this module. An exception to a rule stands in the rule, with its reason. */
class ArchitectureTest {

    private static final JavaClasses WORKER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.agentfleet.worker");

    @Test
    void onlyTheAdapterKnowsKafkaAndReactiveMessaging() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.agentfleet.worker.kafka..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.apache.kafka..",
                        "io.smallrye.reactive.messaging..",
                        "org.eclipse.microprofile.reactive.messaging.."))
                .check(WORKER);
    }

    @Test
    void onlyItsAdapterKnowsAProvidersLibrary() {
        for (String provider : List.of("anthropic", "openai")) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.agentfleet.worker.llm." + provider)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("com." + provider + "..")
                    .check(WORKER);
        }
    }

    @Test
    void thePortOfTheModelsKnowsNoAdapter() {
        noClasses()
                .that()
                .resideInAPackage("dev.agentfleet.worker.llm")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.agentfleet.worker.llm.*")
                .check(WORKER);
    }

    @Test
    void whatAgentsShareKnowsNoAgentAndNoAdapter() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.agentfleet.worker.prompt..", "dev.agentfleet.worker.project..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "dev.agentfleet.worker.agents..",
                        "dev.agentfleet.worker.llm.*",
                        "dev.agentfleet.worker.sandbox.."))
                .check(WORKER);
        noClasses()
                .that()
                .resideInAPackage("dev.agentfleet.worker.project..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("dev.agentfleet.worker.llm..", "dev.agentfleet.worker.prompt.."))
                .check(WORKER);
    }

    @Test
    void theRuntimeKnowsNoAdapterAndNoAgent() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.agentfleet.worker.runtime..", "dev.agentfleet.worker.config..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "dev.agentfleet.worker.kafka..",
                        "dev.agentfleet.worker.agents..",
                        "dev.agentfleet.worker.llm..",
                        "dev.agentfleet.worker.health.."))
                .check(WORKER);
    }

    @Test
    void theWorkerDoesNotKnowTheOrchestrator() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.agentfleet.orchestrator..")
                .check(WORKER);
    }

    @Test
    void configurationIsReadInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.agentfleet.worker.config..")
                .and()
                // The connector hands it a channel's configuration, which it does not read.
                .doNotHaveFullyQualifiedName("dev.agentfleet.worker.kafka.GroupMembership")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.eclipse.microprofile.config..", "io.smallrye.config.."))
                .check(WORKER);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.agentfleet.worker.(*)..")
                .should()
                .beFreeOfCycles()
                .check(WORKER);
    }

    @Test
    void onlyTheSandboxStartsProcesses() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.agentfleet.worker.sandbox")
                .should()
                .dependOnClassesThat(belongToAnyOf(ProcessBuilder.class, Process.class))
                .check(WORKER);
    }

    @Test
    void theSandboxKnowsNoAgentAndNoAdapter() {
        noClasses()
                .that()
                .resideInAPackage("dev.agentfleet.worker.sandbox..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "dev.agentfleet.worker.kafka..",
                        "dev.agentfleet.worker.agents..",
                        "dev.agentfleet.worker.health.."))
                .check(WORKER);
    }

    @Test
    void theWallClockIsNamedOnce() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(WORKER);
        noClasses()
                .that(not(belongToAnyOf(WorkerBeans.class)))
                .should()
                .callMethod(InstantSource.class, "system")
                .check(WORKER);
    }

    @Test
    void onlyTheAgentOfThatNameSleeps() {
        noClasses()
                .that(not(belongToAnyOf(SleepAgent.class)))
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .check(WORKER);
    }

    @Test
    void randomnessIsForIdentitiesOnly() {
        noClasses()
                // The sandbox marks each process tree with an id, to find all of it again, and names directories.
                // Calls of models that failed together must not come back together.
                .that(not(belongToAnyOf(WorkerIdentity.class, CallBackoff.class)))
                .and()
                .resideOutsideOfPackage("dev.agentfleet.worker.sandbox")
                .should()
                .dependOnClassesThat(
                        belongToAnyOf(Random.class, SecureRandom.class, ThreadLocalRandom.class, UUID.class))
                .check(WORKER);
    }

    @Test
    void everyPackageSaysWhatLivesThere() {
        var described = WORKER.stream()
                .filter(type -> type.getSimpleName().equals("package-info"))
                .filter(type -> type.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toSet());

        assertThat(WORKER.stream().map(JavaClass::getPackageName).distinct()).isSubsetOf(described);
    }
}
