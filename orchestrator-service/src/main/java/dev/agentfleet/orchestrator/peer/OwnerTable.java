package dev.agentfleet.orchestrator.peer;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The owners of all home partitions as the group has told them.
 *
 * @param partitions how many there are
 * @param owners where the owner of a partition is reached; it lacks those that nobody owns
 * @param self where this process is reached; null when it has no such address and answers on its own
 */
public record OwnerTable(
        int partitions, Map<Integer, URI> owners, @Nullable URI self) {

    public OwnerTable {
        owners = Map.copyOf(owners);
    }

    public Owner of(int partition) {
        URI owner = owners.get(partition);
        if (self == null || self.equals(owner)) {
            return new Owner.Here();
        }
        return owner == null ? new Owner.Nobody() : new Owner.Peer(owner);
    }

    /** Every partition once. */
    public Map<Owner, Set<Integer>> byOwner() {
        Map<Owner, Set<Integer>> held = new LinkedHashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            held.computeIfAbsent(of(partition), owner -> new TreeSet<>()).add(partition);
        }
        return held;
    }
}
