package dev.agentfleet.cli.demo.repair;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.cli.time.Time;
import dev.agentfleet.cli.view.Terminal;
import dev.agentfleet.contract.Json;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Four runs, one after the other: the tests fail, are diagnosed, the bug is repaired, the same tests pass. */
public final class RepairDemo {
    private final SingleTask tasks;
    private final StepText text;
    private final Jdk jdk;
    private final String model;

    public RepairDemo(FleetApi api, Terminal terminal, Time time, Jdk jdk, String model) {
        this.tasks = new SingleTask(api, terminal, time);
        this.text = new StepText(terminal);
        this.jdk = jdk;
        this.model = model;
    }

    /** Says whether the tests really failed first and really passed at last. */
    public boolean run() throws IOException, InterruptedException {
        Map<String, String> files = new TreeMap<>(DemoProject.files());

        text.title(1, "test: the tests of a small project, " + String.join(" and ", files.keySet()));
        Step failing = tasks.run("test", test(files));
        text.tests(failing);
        JsonNode report = failing.output();
        if (report == null || report.path("passed").asBoolean(true)) {
            return text.given("The tests were to fail at first.");
        }

        text.title(2, "diagnostic: a model says why");
        Step diagnostic = tasks.run("diagnostic", asked(files).set("report", report));
        text.diagnosis(diagnostic);
        if (diagnostic.output() == null) {
            return text.given("There is no diagnosis.");
        }

        text.title(3, "repair: a model edits, exactly or not at all");
        ObjectNode input = asked(files);
        input.set("report", report);
        input.set("diagnosis", diagnostic.output().path("diagnosis"));
        input.putArray("fixed").add(DemoProject.TEST);
        Step repair = tasks.run("repair", input);
        text.repair(repair);
        if (repair.output() == null) {
            return text.given("There are no edits.");
        }
        repair.output()
                .path("files")
                .properties()
                .forEach(file -> files.put(file.getKey(), file.getValue().asText()));

        text.title(4, "test: the same tests on the edited files");
        Step passing = tasks.run("test", test(files));
        text.tests(passing);
        boolean passed =
                passing.output() != null && passing.output().path("passed").asBoolean(false);
        return passed || text.given("The tests still fail.");
    }

    private ObjectNode test(Map<String, String> files) {
        ObjectNode input = input(files);
        input.putArray("argv")
                .add(jdk.java().toString())
                .add("-XX:TieredStopAtLevel=1")
                .add("-XX:+UseSerialGC")
                .add(DemoProject.TEST);
        input.putArray("reports").add(DemoProject.REPORT);
        input.put("timeout", "PT2M");
        return input;
    }

    private ObjectNode asked(Map<String, String> files) {
        return input(files).put("model", model);
    }

    private static ObjectNode input(Map<String, String> files) {
        ObjectNode input = Json.mapper().createObjectNode();
        ObjectNode texts = input.putObject("files");
        files.forEach(texts::put);
        return input;
    }
}
