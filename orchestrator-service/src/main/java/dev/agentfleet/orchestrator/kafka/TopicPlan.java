package dev.agentfleet.orchestrator.kafka;

import dev.agentfleet.contract.Topics;
import dev.agentfleet.orchestrator.config.OrchestratorConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** The topics of a fleet as data: name, partitions, cleanup and limits. */
public record TopicPlan(List<NewTopic> topics) {

    static final String LOG_APPEND_TIME = "LogAppendTime";

    /** What others write: a request of 1 MiB, or a report with an output, with room for headers. */
    private static final int INBOX_BYTES = 2 * 1024 * 1024;

    /** Whatever is made of it, at worst a record of the size above as a dead letter with more headers. */
    private static final int RECORD_BYTES = 3 * 1024 * 1024;

    private static final String QUOTA_RETENTION =
            Long.toString(Duration.ofHours(1).toMillis());

    public static TopicPlan of(OrchestratorConfig config, Topics names) {
        int homes = config.homePartitions();
        String retention = Long.toString(config.retention().toMillis());
        String longer = Long.toString(config.retention().multipliedBy(2).toMillis());
        List<NewTopic> topics = new ArrayList<>();
        topics.add(topic(config, names.requests(), homes, "delete", retention, INBOX_BYTES));
        topics.add(topic(config, names.results(), homes, "delete", retention, INBOX_BYTES));
        topics.add(topic(config, names.runs(), homes, "delete", retention, RECORD_BYTES));
        topics.add(topic(config, names.deadLetters(), homes, "delete", longer, RECORD_BYTES));
        topics.add(topic(config, names.control(), 1, "compact,delete", longer, RECORD_BYTES));
        topics.add(topic(config, names.workers(), 1, "compact", longer, RECORD_BYTES));
        // One owner for all lanes; and what is asked or granted is stale after seconds.
        topics.add(topic(config, names.quotaRequests(), 1, "delete", QUOTA_RETENTION, INBOX_BYTES));
        topics.add(topic(config, names.quotaGrants(), 1, "delete", QUOTA_RETENTION, INBOX_BYTES));
        for (String pool : config.pools()) {
            topics.add(topic(config, names.tasks(pool), config.taskPartitions(), "delete", retention, RECORD_BYTES));
        }
        return new TopicPlan(topics);
    }

    private static NewTopic topic(
            OrchestratorConfig config, String name, int partitions, String cleanup, String retention, int bytes) {
        Map<String, String> settings = new HashMap<>();
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup);
        settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, LOG_APPEND_TIME);
        settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
        if (cleanup.contains("delete")) {
            settings.put(TopicConfig.RETENTION_MS_CONFIG, retention);
        }
        return new NewTopic(name, partitions, config.replicationFactor()).configs(settings);
    }
}
