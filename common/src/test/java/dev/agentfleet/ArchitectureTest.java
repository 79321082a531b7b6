package dev.agentfleet;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The walls of what orchestrator, workers and agents share. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.agentfleet");

    @Test
    void theAgentSpiImportsNothingElseOfTheFleet() {
        noClasses()
                .that()
                .resideInAPackage("dev.agentfleet.agent..")
                .should()
                .dependOnClassesThat(not(resideInAnyPackage("java..", "org.jspecify..", "dev.agentfleet.agent..")))
                .check(CLASSES);
    }

    @Test
    void theContractIsDataAndItsJson() {
        noClasses()
                .that()
                .resideInAPackage("dev.agentfleet.contract..")
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(
                        "java..", "org.jspecify..", "com.fasterxml.jackson..", "dev.agentfleet.contract..")))
                .check(CLASSES);
    }

    @Test
    void metricsAreData() {
        noClasses()
                .that()
                .resideInAPackage("dev.agentfleet.metric..")
                .should()
                .dependOnClassesThat(not(resideInAnyPackage("java..", "org.jspecify..", "dev.agentfleet.metric..")))
                .check(CLASSES);
    }

    @Test
    void submissionKnowsNoMedium() {
        noClasses()
                .that()
                .resideInAPackage("dev.agentfleet.submission..")
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "com.fasterxml.jackson..",
                        "dev.agentfleet.contract..",
                        "dev.agentfleet.submission..")))
                .check(CLASSES);
    }

    @Test
    void nothingElseLivesHere() {
        noClasses()
                .should()
                .resideOutsideOfPackages(
                        "dev.agentfleet.agent..",
                        "dev.agentfleet.contract..",
                        "dev.agentfleet.metric..",
                        "dev.agentfleet.bootstrap..",
                        "dev.agentfleet.submission..")
                .check(CLASSES);
    }
}
