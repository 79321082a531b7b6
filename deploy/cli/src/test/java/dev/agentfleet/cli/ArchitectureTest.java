package dev.agentfleet.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.agentfleet.cli.time.SystemTime;
import java.time.Clock;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "dev.agentfleet.cli";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void hasNoPackageCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheRootMayUseEverything() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT)
                .check(CLASSES);
    }

    @Test
    void speaksHttpInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".client")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.HttpURLConnection")
                .check(CLASSES);
    }

    @Test
    void startsProcessesInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".local")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class)
                .orShould()
                .callMethod(Runtime.class, "exec", String[].class)
                .check(CLASSES);
    }

    @Test
    void endsAndPausesProcessesInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".local")
                .should()
                .callMethod(Process.class, "destroy")
                .orShould()
                .callMethod(Process.class, "destroyForcibly")
                .orShould()
                .callMethod(ProcessHandle.class, "destroy")
                .orShould()
                .callMethod(ProcessHandle.class, "destroyForcibly")
                .check(CLASSES);
    }

    /** A verdict follows from the history alone. */
    @Test
    void judgesHistoriesWithoutClockChanceOrKafka() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".chaos.check..", ROOT + ".chaos.history..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..", "java.io..", "java.nio.file..", ROOT + ".time..", ROOT + ".local..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(RandomGenerator.class)
                .check(CLASSES);
    }

    @Test
    void parsesTheCommandLineInItsCommandsOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, ROOT + ".command")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(CLASSES);
    }

    @Test
    void needsOnlyTheJdkOnAServicesClassPath() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".child")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", ROOT + ".child", "org.jspecify..")
                .check(CLASSES);
    }

    /** ChildMain sleeps too: it may use nothing but the JDK. */
    @Test
    void hasOneClock() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(SystemTime.class)
                .and()
                .resideOutsideOfPackage(ROOT + ".child")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class)
                .check(CLASSES);
    }

    @Test
    void usesNamesThatSaySomething() {
        var vague = CLASSES.stream()
                .map(JavaClass::getSimpleName)
                .filter(name -> Stream.of("Impl", "Manager", "Helper", "Util", "Utils", "Dto")
                                .anyMatch(name::endsWith)
                        || name.startsWith("Base")
                        || name.startsWith("Abstract"));

        assertThat(vague).isEmpty();
    }

    @Test
    void saysInEveryPackageWhatLivesThere() {
        var unmarked = CLASSES.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName);

        assertThat(unmarked).isEmpty();
    }
}
