package dev.agentfleet.orchestrator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What the whole fleet may ask of providers. The same for all orchestrators. */
@ConfigMapping(prefix = "fleet.quota")
public interface QuotaConfig {

    /** A limit holds in every window of this length. */
    @WithDefault("PT1M")
    Duration window();

    /** A permit may be used for so long after its worker asked for it: longer than an answer takes. */
    @WithDefault("PT2S")
    Duration permitValidity();

    /** How long a call may be on its way to its provider. */
    @WithDefault("PT0.25S")
    Duration arrivalSlack();

    /** A lane that was held opens with a tenth of its limits, and with all of them after this. */
    @WithDefault("PT15S")
    Duration ramp();

    /** How long a lane is held whose provider refuses without saying for how long; longer each time it refuses again. */
    @WithDefault("PT5S")
    Duration hold();

    /**
     * The limits of lanes, by {@code provider/key/model}. What is changed while the fleet runs stays until the value here is
     * changed.
     */
    Map<String, Limits> lanes();

    /** Within a window; what is not there is not limited. */
    interface Limits {

        /** Calls. */
        Optional<Long> requests();

        /** Tokens sent. */
        Optional<Long> inputTokens();

        /** Tokens answered with. */
        Optional<Long> outputTokens();
    }
}
