package dev.agentfleet.cli.chaos;

import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.cli.local.Child;
import dev.agentfleet.cli.local.FleetListener;
import dev.agentfleet.cli.local.LocalFleet;
import dev.agentfleet.cli.local.LocalFleetOptions;
import dev.agentfleet.cli.local.Role;
import dev.agentfleet.cli.local.Signal;
import dev.agentfleet.cli.time.Time;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Child processes of this one; their numbers are their process ids. */
final class LocalDeployment implements Deployment {
    private static final Pattern SERVES = Pattern.compile("(Listening on)");

    private final LocalFleet fleet;
    private volatile Consumer<Death> listener = _ -> {};

    /** @param say told what is worth knowing of it, a line at a time */
    LocalDeployment(LocalFleetOptions options, Time time, Consumer<String> say) {
        this.fleet = new LocalFleet(options, new Deaths(say), time);
    }

    @Override
    public void onDeath(Consumer<Death> listener) {
        this.listener = listener;
    }

    @Override
    public void start() throws IOException, InterruptedException {
        fleet.start();
    }

    @Override
    public String bootstrapServers() {
        return fleet.bootstrapServers();
    }

    @Override
    public FleetApi api() {
        return fleet.api();
    }

    @Override
    public List<Member> members() {
        return fleet.children().stream().<Member>map(ChildMember::new).toList();
    }

    @Override
    public Member member(String name) {
        return new ChildMember(fleet.child(name));
    }

    @Override
    public Member addWorker(Map<String, String> properties) throws IOException, InterruptedException {
        return new ChildMember(fleet.addWorker(properties));
    }

    @Override
    public void kill(String name) throws InterruptedException {
        fleet.kill(name);
    }

    @Override
    public void pause(String name) throws IOException, InterruptedException {
        fleet.signal(name, Signal.PAUSE);
    }

    @Override
    public void resume(String name) throws IOException, InterruptedException {
        fleet.signal(name, Signal.CONTINUE);
    }

    @Override
    public void cutOff(String name) {
        throw new ChaosException("processes share this machine's network: " + name + " cannot be cut off from it");
    }

    @Override
    public void joinAgain(String name) {
        throw new ChaosException("processes share this machine's network: " + name + " was not cut off from it");
    }

    @Override
    public void askToEnd(String name) throws IOException, InterruptedException {
        fleet.signal(name, Signal.TERMINATE);
    }

    @Override
    public void showThreads(String name) throws IOException, InterruptedException {
        fleet.signal(name, Signal.SHOW_THREADS);
    }

    @Override
    public void restart(String name) throws IOException, InterruptedException {
        fleet.restart(name);
    }

    @Override
    public String repeat(ChaosOptions options) {
        String names = options.faults().stream().map(Enum::name).collect(Collectors.joining(","));
        return "./fleet chaos --seed " + options.seed() + " --minutes "
                + options.length().toMinutes() + " --faults " + names + " --orchestrators "
                + options.orchestrators() + " --workers " + options.workers();
    }

    @Override
    public void close() {
        fleet.close();
    }

    private record ChildMember(Child child) implements Member {

        @Override
        public String name() {
            return child.name();
        }

        @Override
        public Role role() {
            return child.role();
        }

        @Override
        public long number() {
            return child.pid();
        }

        @Override
        public boolean isAlive() {
            return child.isAlive();
        }

        @Override
        public boolean serves() {
            return child.find(SERVES).isPresent();
        }

        @Override
        public OptionalInt exitCode() {
            return child.exitCode();
        }
    }

    private final class Deaths implements FleetListener {
        private final Consumer<String> say;

        Deaths(Consumer<String> say) {
            this.say = say;
        }

        @Override
        public void ready(Child child, String where) {}

        @Override
        public void died(Child child) {
            listener.accept(new Death(
                    new ChildMember(child), child.ending(), child.log().toString()));
        }

        @Override
        public void stopped(Child child, boolean byItself) {}

        @Override
        public void note(String text) {
            say.accept(text);
        }
    }
}
