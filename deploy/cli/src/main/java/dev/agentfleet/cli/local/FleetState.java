package dev.agentfleet.cli.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.agentfleet.contract.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a local fleet leaves in its directory while it is up, for other commands and for whoever comes after a kill.
 *
 * @param pid of the command that started it
 */
public record FleetState(
        long pid, @Nullable URI server, @Nullable String bootstrapServers, List<Member> processes) {
    private static final String FILE = "fleet.json";

    /** One child; the start time tells it from a later process with the same id. */
    public record Member(String name, long pid, @Nullable Instant startedAt) {
        static Member of(String name, ProcessHandle process) {
            return new Member(name, process.pid(), process.info().startInstant().orElse(null));
        }

        /** The process, while it runs. */
        Optional<ProcessHandle> process() {
            return ProcessHandle.of(pid)
                    .filter(found -> found.isAlive()
                            && (startedAt == null
                                    || found.info()
                                            .startInstant()
                                            .map(startedAt::equals)
                                            .orElse(false)));
        }
    }

    static Optional<FleetState> read(Path directory) {
        try {
            return Optional.of(Json.mapper().readValue(Files.readAllBytes(directory.resolve(FILE)), FleetState.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The address of the fleet that is up in this directory. */
    public static Optional<URI> serverOf(Path directory) {
        return read(directory)
                .filter(state -> ProcessHandle.of(state.pid).isPresent())
                .flatMap(state -> Optional.ofNullable(state.server));
    }

    void write(Path directory) throws IOException {
        Path fresh = directory.resolve(FILE + ".new");
        Files.write(fresh, json());
        Files.move(fresh, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static void delete(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(FILE));
    }

    private byte[] json() throws JsonProcessingException {
        return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }
}
