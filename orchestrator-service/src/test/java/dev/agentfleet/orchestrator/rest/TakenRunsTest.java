package dev.agentfleet.orchestrator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.orchestrator.peer.Owner;
import dev.agentfleet.orchestrator.peer.OwnerTable;
import dev.agentfleet.orchestrator.peer.Ownership;
import dev.agentfleet.orchestrator.query.StateUnavailableException;
import dev.agentfleet.orchestrator.query.StoredRuns;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TakenRunsTest {

    private static final RunId RUN = new RunId("run-1");
    private static final URI SELF = URI.create("http://self:1");
    private static final URI PEER = URI.create("http://peer:1");

    private final StoredRuns stored = new StoredRuns();
    private Map<Integer, URI> owners = Map.of(0, SELF);
    private final TakenRuns taken = new TakenRuns(stored.queries(), new Ownership() {
        @Override
        public Owner ownerOf(RunId id) {
            return table().of(0);
        }

        @Override
        public OwnerTable table() {
            return new OwnerTable(1, owners, SELF);
        }
    });

    @Test
    void showsARunAsAcceptedUntilItIsAdmitted() {
        assertThat(taken.view(RUN)).isEmpty();
        taken.add(RUN);
        assertThat(taken.view(RUN))
                .hasValueSatisfying(run -> assertThat(run.status()).isEqualTo(RunStatus.ACCEPTED));

        stored.admit(RUN);

        assertThat(taken.view(RUN))
                .hasValueSatisfying(run -> assertThat(run.status()).isEqualTo(RunStatus.RUNNING));
        stored.purge(RUN);
        assertThat(taken.view(RUN)).as("forgotten once it was seen").isEmpty();
    }

    @Test
    void showsARunAsAcceptedThatItsOwnerDoesNotKnowYet() {
        taken.add(RUN);
        owners = Map.of(0, PEER);
        stored.takeAway();

        assertThat(taken.view(RUN))
                .hasValueSatisfying(run -> assertThat(run.status()).isEqualTo(RunStatus.ACCEPTED));

        taken.seen(RUN);
        assertThatThrownBy(() -> taken.view(RUN)).isInstanceOf(StateUnavailableException.class);
    }

    @Test
    void saysNothingOfARunThatNobodyHolds() {
        taken.add(RUN);
        owners = Map.of();
        stored.takeAway();

        assertThatThrownBy(() -> taken.view(RUN)).isInstanceOf(StateUnavailableException.class);
    }
}
