package dev.agentfleet.kubernetes;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A service as its image runs it: configured by files in its working directory, and by where the file with the secrets lies. */
final class ServiceProcess implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final int port;

    private ServiceProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /**
     * @param jar of the service, from the root of the sources
     * @param configuration what its ConfigMap holds
     * @param secrets what its secret holds as {@code kafka.properties}
     * @param further system properties, for what differs outside a container
     */
    static ServiceProcess start(
            Path directory, Path jar, String configuration, String secrets, Map<String, String> further)
            throws IOException {
        Files.createDirectories(directory.resolve("config"));
        Files.writeString(directory.resolve("config").resolve("application.properties"), configuration);
        Path secretFile = directory.resolve("kafka.properties");
        Files.writeString(secretFile, secrets);
        Path log = directory.resolve("log");
        int port = SecureBroker.freePort();
        var command = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port));
        further.forEach((key, value) -> command.add("-D" + key + '=' + value));
        command.addAll(List.of(
                "-jar",
                Path.of("..", "..").resolve(jar).toAbsolutePath().normalize().toString()));
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("SMALLRYE_CONFIG_LOCATIONS", secretFile.toString());
        return new ServiceProcess(builder.start(), log, port);
    }

    void awaitReady() {
        Awaitility.await("ready: " + log)
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> get("/q/health/ready").statusCode() == 200);
    }

    /** One sample of its metrics, without tags. */
    void awaitMetric(String name, double value) {
        Awaitility.await(name + ": " + log)
                .atMost(Duration.ofMinutes(1))
                .until(() -> get("/q/metrics").body().lines().anyMatch((name + ' ' + value)::equals));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + port + path);
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
