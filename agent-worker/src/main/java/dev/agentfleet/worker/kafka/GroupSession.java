package dev.agentfleet.worker.kafka;

import dev.agentfleet.contract.Topics;
import dev.agentfleet.worker.config.WorkerConfig;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * How long the group waits for this worker when it is silent. A classic member says so itself; otherwise the broker has it,
 * and may not tell.
 */
@Singleton
public final class GroupSession {

    private static final Logger LOG = Logger.getLogger(GroupSession.class);
    private static final String SESSION = "consumer.session.timeout.ms";

    private final WorkerConfig config;
    private final ConfigResource group;
    private final Map<String, Object> broker;
    private volatile @Nullable Duration length;

    GroupSession(WorkerConfig config, Topics topics, @Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.config = config;
        this.group = new ConfigResource(ConfigResource.Type.GROUP, topics.workersGroup(config.pool()));
        this.broker = broker;
    }

    /** Does not block; the broker's answer may take as long as the broker is away. */
    public void start() {
        switch (config.groupProtocol()) {
            case CLASSIC -> length = config.sessionTimeout();
            case CONSUMER -> Thread.ofVirtual().name("group-session").start(this::ask);
        }
    }

    /** Null while it is not known. */
    @Nullable
    Duration length() {
        return length;
    }

    private void ask() {
        try (Admin admin = Admin.create(broker)) {
            var settings = admin.describeConfigs(List.of(group)).all().get().get(group);
            var told = settings == null ? null : settings.get(SESSION);
            if (told != null) {
                heard(Duration.ofMillis(Long.parseLong(told.value())));
            }
        } catch (ExecutionException | KafkaException e) {
            LOG.infof("The broker does not tell the session timeout of group=%s: %s", group.name(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void heard(Duration session) {
        length = session;
        if (session.compareTo(config.sessionTimeout()) > 0) {
            LOG.warnf(
                    "group.consumer.session.timeout.ms of the brokers: '%s' must be at most fleet.worker.session-timeout"
                            + " '%s', or group=%s must have its own %s; if this worker dies, what it had not claimed comes"
                            + " back only after that",
                    session, config.sessionTimeout(), group.name(), SESSION);
        }
    }
}
