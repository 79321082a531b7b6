package dev.agentfleet.orchestrator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.agentfleet.orchestrator.rest.Submission;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The walls of the house. An exception to a rule stands here, with its reason. */
class ArchitectureTest {

    private static final String BASE = "dev.agentfleet.orchestrator";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(BASE);

    @Test
    void theMachinesArePure() {
        noClasses()
                .that()
                .resideInAPackage("..orchestrator.run..")
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(
                        "java..", "org.jspecify..", "dev.agentfleet.contract..", "dev.agentfleet.orchestrator.run..")))
                .check(CLASSES);
    }

    @Test
    void quotasAndBudgetsArePure() {
        for (String own : List.of("dev.agentfleet.orchestrator.quota..", "dev.agentfleet.orchestrator.budget..")) {
            noClasses()
                    .that()
                    .resideInAPackage(own)
                    .should()
                    .dependOnClassesThat(
                            not(resideInAnyPackage("java..", "org.jspecify..", "dev.agentfleet.contract..", own)))
                    .check(CLASSES);
        }
    }

    @Test
    void aHomePartitionKnowsNoKafka() {
        noClasses()
                .that()
                .resideInAPackage("..orchestrator.partition..")
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        // The hash of a submission is one of its JSON.
                        "com.fasterxml.jackson..",
                        "dev.agentfleet.contract..",
                        "dev.agentfleet.orchestrator.run..",
                        "dev.agentfleet.orchestrator.partition..")))
                .check(CLASSES);
    }

    @Test
    void kafkaStaysInItsAdapters() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..topology..", "..orchestrator.kafka..", "..runtime..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.apache.kafka.."))
                .check(CLASSES);
    }

    @Test
    void theOrchestratorDoesNotKnowTheWorker() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.agentfleet.worker..", "dev.agentfleet.agent.."))
                .check(CLASSES);
    }

    @Test
    void configurationIsReadInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..config..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.eclipse.microprofile.config.."))
                .check(CLASSES);
    }

    @Test
    void timeAndChanceComeFromOutside() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocalRandom.class)
                .check(CLASSES);
        // A run that a REST client does not name gets a random name.
        assertThat(callers(UUID.class, "randomUUID")).containsExactly("RunResource");
        // Waiting for a broker at the start, and for an admission, is sleeping between two looks.
        assertThat(callers(Thread.class, "sleep"))
                .containsExactlyInAnyOrder("Orchestrator", Submission.class.getSimpleName());
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageSaysWhatLivesInIt() throws ClassNotFoundException {
        Set<String> packages = CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
        for (String name : packages) {
            Class<?> info = Class.forName(name + ".package-info");
            assertThat(info.isAnnotationPresent(NullMarked.class)).as(name).isTrue();
        }
    }

    @Test
    void namesSayWhatAClassIs() {
        assertThat(CLASSES.stream().map(JavaClass::getSimpleName))
                .noneMatch(name -> name.matches(".*(Impl|Manager|Helper|Util|Utils|Dto)|(Base|Abstract).*"));
    }

    private static Set<String> callers(Class<?> owner, String method) {
        return CLASSES.stream()
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().isEquivalentTo(owner)
                        && call.getName().equals(method))
                .map(call -> call.getOriginOwner().getSimpleName())
                .collect(Collectors.toSet());
    }
}
