package dev.agentfleet.orchestrator.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnerTableTest {

    private static final URI SELF = URI.create("http://10.0.0.1:8080");
    private static final URI OTHER = URI.create("http://10.0.0.2:8080");

    @Test
    void namesTheOwnerOfEveryPartition() {
        OwnerTable table = new OwnerTable(4, Map.of(0, SELF, 1, OTHER, 3, OTHER), SELF);

        assertThat(table.byOwner())
                .isEqualTo(Map.of(
                        new Owner.Here(),
                        Set.of(0),
                        new Owner.Peer(OTHER),
                        Set.of(1, 3),
                        new Owner.Nobody(),
                        Set.of(2)));
    }

    @Test
    void whoHasNoAddressAnswersOnItsOwn() {
        assertThat(new OwnerTable(2, Map.of(), null).byOwner()).isEqualTo(Map.of(new Owner.Here(), Set.of(0, 1)));
    }
}
