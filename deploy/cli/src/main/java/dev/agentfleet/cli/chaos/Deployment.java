package dev.agentfleet.cli.chaos;

import dev.agentfleet.cli.chaos.history.Execution;
import dev.agentfleet.cli.client.FleetApi;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Where the fleet under test runs, and how its members are struck. For one thread, but for {@link #close()}. */
interface Deployment extends AutoCloseable {

    /** @param listener hears, from any thread, of each member that ends */
    void onDeath(Consumer<Death> listener);

    /** Returns when everything serves. */
    void start() throws IOException, InterruptedException;

    /** As this process reaches them. */
    String bootstrapServers();

    /** Of an orchestrator that runs. */
    FleetApi api();

    /** The last of each name, in the order of their first starts; brokers only if they can be struck. */
    List<Member> members();

    /** The last of that name. */
    Member member(String name);

    /** Starts a worker of a name that no other had, without waiting until it serves. */
    Member addWorker(Map<String, String> properties) throws IOException, InterruptedException;

    /** kill -9. */
    void kill(String name) throws InterruptedException;

    /** Halts every thread of it. */
    void pause(String name) throws IOException, InterruptedException;

    void resume(String name) throws IOException, InterruptedException;

    /** Nothing reaches it any more, and it reaches nobody. */
    void cutOff(String name);

    void joinAgain(String name);

    /** SIGTERM, without waiting. */
    void askToEnd(String name) throws IOException, InterruptedException;

    /** Has it write into its log what its threads are doing. */
    void showThreads(String name) throws IOException, InterruptedException;

    /** Starts broker or orchestrator again on its state, ending it first if it runs; returns when it serves. */
    void restart(String name) throws IOException, InterruptedException;

    /** Number of the member in which this ran: that of its process, which it wrote down itself, unless that says nothing here. */
    default long number(Execution execution) {
        return execution.pid();
    }

    /** The command that tries the same once more. */
    String repeat(ChaosOptions options);

    @Override
    void close();

    /** @param where its log lies */
    record Death(Member member, String ending, String where) {}
}
