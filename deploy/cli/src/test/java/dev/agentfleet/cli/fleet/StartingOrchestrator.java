package dev.agentfleet.cli.fleet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;

/** Asks an orchestrator that starts whether it is ready, again and again, and for a resource as soon as it says so. */
final class StartingOrchestrator implements AutoCloseable {

    private static final int READY = 200;

    private final HttpClient http = HttpClient.newHttpClient();
    private final FutureTask<Answers> questions;

    /** Status codes, those of the readiness in their order. */
    record Answers(List<Integer> readiness, int resourceWhenReady) {}

    StartingOrchestrator(URI server, String resource) {
        this.questions = new FutureTask<>(() -> ask(server, resource));
        Thread.ofVirtual().name("ask").start(questions);
    }

    /** Waits until it is ready. */
    Answers answers() throws Exception {
        return questions.get();
    }

    private Answers ask(URI server, String resource) throws InterruptedException, IOException {
        List<Integer> readiness = new ArrayList<>();
        while (readiness.isEmpty() || readiness.getLast() != READY) {
            try {
                readiness.add(status(server.resolve("/q/health/ready")));
            } catch (IOException e) {
                // It does not listen yet.
            }
        }
        return new Answers(readiness, status(server.resolve(resource)));
    }

    private int status(URI address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Override
    public void close() {
        questions.cancel(true);
        http.close();
    }
}
