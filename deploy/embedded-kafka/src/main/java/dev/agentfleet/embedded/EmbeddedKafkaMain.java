package dev.agentfleet.embedded;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The broker as a process of its own. Prints {@code READY bootstrap=127.0.0.1:PORT} on stdout once it serves, and nothing
 * else there. Exit codes: 2 for a flag that cannot be used, 1 for a broker that did not start, 0 when its parent ended;
 * SIGTERM and SIGINT stop it in order.
 */
public final class EmbeddedKafkaMain {
    private EmbeddedKafkaMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            serve(CommandLine.parse(List.of(arguments)));
        } catch (InvalidOptionException e) {
            System.err.println(flag(e));
            System.exit(2);
        } catch (RuntimeException e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void serve(CommandLine commandLine) throws InterruptedException {
        if (commandLine.exitWithParent()) {
            ParentWatch.start(() -> System.exit(0));
        }
        var kafka = EmbeddedKafka.start(commandLine.options());
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(kafka::close));
        System.out.println("READY bootstrap=" + kafka.bootstrapServers());
        System.out.flush();
        new CountDownLatch(1).await();
    }

    private static String flag(InvalidOptionException e) {
        return (e.option().startsWith("-") ? "" : "--") + e.getMessage();
    }
}
