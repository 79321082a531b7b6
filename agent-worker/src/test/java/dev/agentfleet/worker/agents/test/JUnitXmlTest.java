package dev.agentfleet.worker.agents.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentfleet.worker.project.FailedTest;
import dev.agentfleet.worker.project.FailedTest.Kind;
import dev.agentfleet.worker.project.TestCounts;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class JUnitXmlTest {

    @TempDir
    Path directory;

    @Test
    void countsCasesAndTellsWhichDidNotPass() throws Exception {
        var report = JUnitXml.read("""
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite name="CartTest" tests="99" time="0.1">
                  <properties><property name="a" value="b"/></properties>
                  <testcase classname="CartTest" name="adds" time="0.01"/>
                  <testcase classname="CartTest" name="rounds">
                    <failure message="expected 2 but was 1" type="AssertionError"><![CDATA[at CartTest.rounds:7]]></failure>
                    <system-out>noise</system-out>
                  </testcase>
                  <testcase name="breaks"><error type="java.lang.NullPointerException">at Cart:3</error></testcase>
                  <testcase classname="CartTest" name="later"><skipped/></testcase>
                  <testcase classname="CartTest" name="flaky"><flakyFailure message="once">x</flakyFailure></testcase>
                </testsuite>
                """, 50);

        assertThat(report.counts()).isEqualTo(new TestCounts(5, 2, 1, 1, 1));
        assertThat(report.failed())
                .containsExactly(
                        new FailedTest("CartTest.rounds", Kind.FAILED, "expected 2 but was 1", "at CartTest.rounds:7"),
                        new FailedTest("breaks", Kind.ERROR, "java.lang.NullPointerException", "at Cart:3"));
    }

    @Test
    void readsSuitesWithinSuites() throws Exception {
        var report = JUnitXml.read("""
                \uFEFF<testsuites><testsuite><testsuite><testcase name="a"/></testsuite></testsuite>
                <testsuite><testcase name="b"><failure/></testcase></testsuite></testsuites>""", 50);

        assertThat(report.counts()).isEqualTo(new TestCounts(2, 1, 1, 0, 0));
        assertThat(report.failed()).containsExactly(new FailedTest("b", Kind.FAILED, null, null));
    }

    @Test
    void countsAnErrorBesideTheCases() throws Exception {
        var report = JUnitXml.read(
                "<testsuite name='s'><error message='no set-up'>trace</error><testcase name='a'/></testsuite>", 50);

        assertThat(report.counts()).isEqualTo(new TestCounts(2, 1, 0, 1, 0));
        assertThat(report.failed())
                .containsExactly(new FailedTest("(outside of a test)", Kind.ERROR, "no set-up", "trace"));
    }

    @Test
    void countsACaseWithSeveralProblemsOnceByTheFirst() throws Exception {
        var report = JUnitXml.read(
                "<testsuite><testcase name='a'><failure message='1'>x</failure><error message='2'>y</error></testcase>"
                        + "</testsuite>",
                50);

        assertThat(report.counts()).isEqualTo(new TestCounts(1, 0, 1, 0, 0));
        assertThat(report.failed()).containsExactly(new FailedTest("a", Kind.FAILED, "1", "x"));
    }

    @Test
    void shortensWhatIsLongAndKeepsTheFirstFailures() throws Exception {
        String long1 = "m".repeat(100_000);
        String failure =
                "<testcase name='" + long1 + "'><failure message='" + long1 + "'>" + long1 + "</failure></testcase>";
        var report = JUnitXml.read("<testsuite>" + failure.repeat(3) + "</testsuite>", 2);

        assertThat(report.counts().failed()).isEqualTo(3);
        assertThat(report.failed()).hasSize(2);
        var first = report.failed().getFirst();
        assertThat(first.name()).hasSize(301);
        assertThat(first.message()).hasSize(501);
        assertThat(first.details()).hasSize(1_001);
    }

    @Test
    void opensNoFileOfAnEntity() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "canary");

        assertThatThrownBy(() -> JUnitXml.read(
                        "<!DOCTYPE testsuite [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]>"
                                + "<testsuite><testcase name='a'><failure>&x;</failure></testcase></testsuite>",
                        50))
                .isInstanceOf(UnreadableReportException.class)
                .hasMessage("must have no document type");
    }

    @Test
    @Timeout(10)
    void expandsNoEntityThatGrows() {
        var bomb = new StringBuilder("<!DOCTYPE t [<!ENTITY a0 'ha'>");
        for (int i = 1; i < 30; i++) {
            bomb.append("<!ENTITY a")
                    .append(i)
                    .append(" '")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("'>");
        }
        bomb.append("]><testsuite><testcase name='&a29;'/></testsuite>");

        assertThatThrownBy(() -> JUnitXml.read(bomb.toString(), 50)).isInstanceOf(UnreadableReportException.class);
    }

    @Test
    void refusesAnExternalDocumentTypeWithoutLookingAtIt() {
        assertThatThrownBy(
                        () -> JUnitXml.read("<!DOCTYPE testsuite SYSTEM 'http://127.0.0.1:1/x.dtd'><testsuite/>", 50))
                .hasMessage("must have no document type");
    }

    @Test
    @Timeout(10)
    void refusesDepthWithoutEnd() {
        assertThatThrownBy(() -> JUnitXml.read("<testsuite>" + "<a>".repeat(40_000), 50))
                .hasMessage("must not be deeper than 50");
    }

    @Test
    void refusesWhatIsNoReport() {
        assertThatThrownBy(() -> JUnitXml.read("<html/>", 50)).hasMessage("must begin with testsuite or testsuites");
        assertThatThrownBy(() -> JUnitXml.read("<testsuite>\n<testcase", 50))
                .hasMessage("must be well-formed XML; the first problem is in line 2");
        assertThatThrownBy(() -> JUnitXml.read("", 50)).hasMessageStartingWith("must be well-formed XML");
        assertThatThrownBy(() -> JUnitXml.read("<testsuite>&undefined;</testsuite>", 50))
                .isInstanceOf(UnreadableReportException.class);
    }
}
