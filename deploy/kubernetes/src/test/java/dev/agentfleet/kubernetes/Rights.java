package dev.agentfleet.kubernetes;

import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import io.strimzi.api.kafka.model.user.acl.AclRuleGroupResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTransactionalIdResource;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the chart lets each role do in Kafka. */
final class Rights {

    /**
     * @param type as Kafka calls it: TOPIC, GROUP, TRANSACTIONAL_ID
     * @param prefix whether the name is the beginning of those that are meant
     * @param operation as Strimzi spells it, such as DescribeConfigs
     */
    record Right(String role, String type, String name, boolean prefix, String operation) {}

    private Rights() {}

    static List<Right> of(Path values) {
        return Chart.objects(values, KafkaUser.class).stream()
                .flatMap(user -> of(user).stream())
                .toList();
    }

    private static List<Right> of(KafkaUser user) {
        String name = user.getMetadata().getName();
        String role = name.substring(name.lastIndexOf('.') + 1);
        return ((KafkaUserAuthorizationSimple) user.getSpec().getAuthorization())
                .getAcls().stream().flatMap(rule -> of(role, rule)).toList();
    }

    private static Stream<Right> of(String role, AclRule rule) {
        return rule.getOperations().stream().map(operation -> switch (rule.getResource()) {
            case AclRuleTopicResource topic ->
                new Right(role, "TOPIC", topic.getName(), isPrefix(topic.getPatternType()), operation.toValue());
            case AclRuleGroupResource group ->
                new Right(role, "GROUP", group.getName(), isPrefix(group.getPatternType()), operation.toValue());
            case AclRuleTransactionalIdResource id ->
                new Right(role, "TRANSACTIONAL_ID", id.getName(), isPrefix(id.getPatternType()), operation.toValue());
            default -> throw new IllegalStateException("no right of this kind is expected: " + rule.getResource());
        });
    }

    private static boolean isPrefix(Enum<?> pattern) {
        return pattern.name().equals("PREFIX");
    }
}
