package dev.agentfleet.cli.fleet;

import dev.agentfleet.cli.client.FleetApi;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A client that asks an orchestrator one question after the other and notes every answer that it may not give. */
final class Questions implements AutoCloseable {

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http;
    private final FleetApi asked;
    private final List<String> paths;
    private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean stopping;

    Questions(HttpClient http, FleetApi asked, String... paths) {
        this.http = http;
        this.asked = asked;
        this.paths = List.of(paths);
        this.thread = Thread.ofPlatform().name("questions").daemon().start(this::ask);
    }

    /** How often each status was answered. */
    Map<Integer, Integer> answers() {
        return Map.copyOf(answers);
    }

    /** Answers that were neither 200 nor 503 with Retry-After. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        thread.join();
    }

    private void ask() {
        try {
            while (!stopping) {
                for (String path : paths) {
                    ask(path);
                }
            }
        } catch (InterruptedException e) {
            // Nobody waits for more.
        }
    }

    private void ask(String path) throws InterruptedException {
        HttpRequest question = HttpRequest.newBuilder(asked.server().resolve(path))
                .timeout(PATIENCE)
                .build();
        try {
            HttpResponse<String> answer = http.send(question, HttpResponse.BodyHandlers.ofString());
            int status = answer.statusCode();
            answers.merge(status, 1, Integer::sum);
            boolean later = status == UNAVAILABLE
                    && answer.headers().firstValue("Retry-After").isPresent();
            if (status != OK && !later) {
                wrong.add(path + ": " + status + ' ' + answer.headers().map() + ' ' + answer.body());
            }
        } catch (IOException e) {
            wrong.add(path + ": " + e);
        }
    }
}
