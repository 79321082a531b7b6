package dev.agentfleet.embedded;

import java.util.Properties;

/** The Kafka server properties of one start. */
final class BrokerProperties {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final String BROKER_LISTENER = "PLAINTEXT";
    private static final int MIB = 1024 * 1024;

    private BrokerProperties() {}

    static Properties of(DataDirectory directory, LoopbackPorts ports, EmbeddedKafkaOptions options) {
        var properties = new Properties();
        node(properties, directory, ports);
        internalTopics(properties);
        groups(properties);
        limits(properties);
        properties.putAll(options.brokerProperties());
        return properties;
    }

    private static void node(Properties properties, DataDirectory directory, LoopbackPorts ports) {
        var broker = BROKER_LISTENER + "://" + LoopbackPorts.HOST + ":" + ports.broker();
        var controller = LoopbackPorts.HOST + ":" + ports.controller();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", Integer.toString(NODE_ID));
        properties.put("log.dirs", directory.path().toString());
        properties.put("listeners", broker + "," + CONTROLLER_LISTENER + "://" + controller);
        properties.put("advertised.listeners", broker);
        properties.put("inter.broker.listener.name", BROKER_LISTENER);
        properties.put("controller.listener.names", CONTROLLER_LISTENER);
        properties.put(
                "listener.security.protocol.map", BROKER_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        // After a kill the controller first waits for the dead broker's session: Kafka's 9 s would make that start take
        // 12 s.
        properties.put("broker.session.timeout.ms", "3000");
        properties.put("broker.heartbeat.interval.ms", "500");
        // A static voter: a quorum that records its voters' addresses would not find itself on another port.
        properties.put("controller.quorum.voters", NODE_ID + "@" + controller);
    }

    private static void internalTopics(Properties properties) {
        properties.put("auto.create.topics.enable", "false");
        properties.put("offsets.topic.num.partitions", "3");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("transaction.state.log.num.partitions", "3");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.num.partitions", "3");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        // An abandoned transaction holds back every read_committed reader until this scan finds it.
        properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "2000");
    }

    /**
     * Session timeouts below a claim's lease of 15 s: what a dead worker had not claimed comes back in time. A member hears
     * with a heartbeat what it gains.
     */
    private static void groups(Properties properties) {
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("group.min.session.timeout.ms", "1000");
        for (var protocol : new String[] {"consumer", "share", "streams"}) {
            var group = "group." + protocol + ".";
            properties.put(group + "session.timeout.ms", "10000");
            properties.put(group + "min.session.timeout.ms", "1000");
            properties.put(group + "heartbeat.interval.ms", "1000");
            properties.put(group + "min.heartbeat.interval.ms", "500");
        }
    }

    private static void limits(Properties properties) {
        // 2 MiB of record, and room for the batch around it.
        properties.put("message.max.bytes", Integer.toString(2 * MIB + MIB / 16));
        properties.put("log.preallocate", "false");
        properties.put("log.cleaner.threads", "1");
        properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 * MIB));
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "4");
    }
}
