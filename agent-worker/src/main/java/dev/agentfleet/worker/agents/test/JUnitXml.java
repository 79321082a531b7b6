package dev.agentfleet.worker.agents.test;

import dev.agentfleet.worker.project.FailedTest;
import dev.agentfleet.worker.project.TestCounts;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads JUnit XML as many tools write it: {@code testsuite} or {@code testsuites} with {@code testcase}s. Counts the cases and
 * not what the file says of their number. Opens nothing and expands nothing: a file with a document type is refused.
 */
final class JUnitXml {

    private static final int DEEPEST = 50;
    private static final int MOST_CASES = 100_000;
    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_MESSAGE = 500;
    private static final int LONGEST_DETAILS = 1_000;

    private final XMLStreamReader xml;
    private final int mostFailed;
    private final List<FailedTest> failed = new ArrayList<>();
    private TestCounts counts = TestCounts.NONE;
    private @Nullable TestCase open;

    /** What a report says. */
    record Report(TestCounts counts, List<FailedTest> failed) {}

    private JUnitXml(XMLStreamReader xml, int mostFailed) {
        this.xml = xml;
        this.mostFailed = mostFailed;
    }

    /** @param mostFailed of how many failed tests more is wanted than their number */
    static Report read(String text, int mostFailed) throws UnreadableReportException {
        // Some tools put one before the declaration, where the parser would not know it.
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try {
            XMLStreamReader xml = factory().createXMLStreamReader(new StringReader(content));
            try {
                return new JUnitXml(xml, mostFailed).read();
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            throw new UnreadableReportException("must be well-formed XML; the first problem is in line "
                    + (e.getLocation() == null ? "?" : e.getLocation().getLineNumber()));
        }
    }

    /** The JDK's own, whatever else lies on the class path. */
    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("Nothing is resolved");
        });
        return factory;
    }

    private Report read() throws XMLStreamException, UnreadableReportException {
        int depth = 0;
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.DTD -> throw new UnreadableReportException("must have no document type");
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new UnreadableReportException("must have no entities of its own");
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    start(xml.getLocalName(), depth);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (open != null) {
                        open.add(xml.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    end(xml.getLocalName());
                    depth--;
                }
                default -> {}
            }
        }
        return new Report(counts, List.copyOf(failed));
    }

    private void start(String element, int depth) throws UnreadableReportException {
        if (depth > DEEPEST) {
            throw new UnreadableReportException("must not be deeper than " + DEEPEST);
        }
        if (depth == 1 && !element.equals("testsuite") && !element.equals("testsuites")) {
            throw new UnreadableReportException("must begin with testsuite or testsuites");
        }
        switch (element) {
            case "testcase" -> {
                if (counts.tests() >= MOST_CASES) {
                    throw new UnreadableReportException("must have at most " + MOST_CASES + " cases");
                }
                open = new TestCase(name());
            }
            case "failure" -> ended(TestCase.State.FAILED);
            case "error" -> ended(TestCase.State.ERROR);
            case "skipped" -> ended(TestCase.State.SKIPPED);
            default -> {}
        }
    }

    private void ended(TestCase.State how) {
        // An error beside the cases, as of a class that could not be set up, counts like one.
        if (open == null) {
            open = new TestCase(shortened(attribute("name") == null ? "(outside of a test)" : attribute("name")));
            open.alone();
        }
        open.ended(how, attribute("message"), attribute("type"));
    }

    private void end(String element) {
        if (open == null) {
            return;
        }
        boolean problem = element.equals("failure") || element.equals("error") || element.equals("skipped");
        if (problem) {
            open.closed();
        }
        if (element.equals("testcase") || problem && open.isAlone()) {
            count(open);
            open = null;
        }
    }

    private void count(TestCase test) {
        counts = counts.plus(test.counts());
        var problem = test.problem(LONGEST_MESSAGE, LONGEST_DETAILS);
        if (problem != null && failed.size() < mostFailed) {
            failed.add(problem);
        }
    }

    private String name() {
        String type = attribute("classname");
        String name = String.valueOf(attribute("name"));
        return shortened(type == null || type.isBlank() ? name : type + "." + name);
    }

    private @Nullable String attribute(String name) {
        return xml.getAttributeValue(null, name);
    }

    private static String shortened(@Nullable String text) {
        String whole = String.valueOf(text);
        return whole.length() <= LONGEST_NAME ? whole : whole.substring(0, LONGEST_NAME) + "…";
    }
}
