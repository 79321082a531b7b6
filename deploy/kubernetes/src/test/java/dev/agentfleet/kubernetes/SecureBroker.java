package dev.agentfleet.kubernetes;

import dev.agentfleet.embedded.EmbeddedKafka;
import dev.agentfleet.embedded.EmbeddedKafkaOptions;
import dev.agentfleet.kubernetes.Rights.Right;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker that lets in over TLS, by name and password (SCRAM), and allows nothing that is not granted. A second listener
 * without any of it is the test's own, whose user may do everything.
 */
final class SecureBroker implements AutoCloseable {
    private static final String LISTENER = "SECURE";
    private static final int ITERATIONS = 4096;

    private final EmbeddedKafka broker;
    private final Certificates certificates;
    private final int securePort;
    private final Admin admin;

    private SecureBroker(EmbeddedKafka broker, Certificates certificates, int securePort) {
        this.broker = broker;
        this.certificates = certificates;
        this.securePort = securePort;
        this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    static SecureBroker start(Path directory) throws Exception {
        Certificates certificates = Certificates.in(directory);
        int own = freePort();
        int controller = freePort();
        int secure = freePort();
        String own1 = "PLAINTEXT://127.0.0.1:" + own;
        String secure1 = LISTENER + "://127.0.0.1:" + secure;
        String prefix = "listener.name.secure.";
        Map<String, String> properties = Map.ofEntries(
                Map.entry("listeners", own1 + ",CONTROLLER://127.0.0.1:" + controller + "," + secure1),
                Map.entry("advertised.listeners", own1 + "," + secure1),
                Map.entry(
                        "listener.security.protocol.map",
                        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT," + LISTENER + ":SASL_SSL"),
                Map.entry(prefix + "sasl.enabled.mechanisms", "SCRAM-SHA-512"),
                Map.entry(
                        prefix + "scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;"),
                Map.entry(
                        prefix + "ssl.keystore.location",
                        certificates.brokerStore().toString()),
                Map.entry(prefix + "ssl.keystore.type", "PKCS12"),
                Map.entry(prefix + "ssl.keystore.password", Certificates.PASSWORD),
                Map.entry(prefix + "ssl.key.password", Certificates.PASSWORD),
                Map.entry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                Map.entry("allow.everyone.if.no.acl.found", "false"),
                Map.entry("super.users", "User:ANONYMOUS"));
        var options = new EmbeddedKafkaOptions(directory.resolve("kafka"), own, controller, properties);
        return new SecureBroker(EmbeddedKafka.start(options), certificates, secure);
    }

    String bootstrapServers() {
        return "127.0.0.1:" + securePort;
    }

    Path authority() {
        return certificates.authority();
    }

    void create(Collection<NewTopic> topics) throws Exception {
        admin.createTopics(topics).all().get();
    }

    /** Makes the role's user, with the password of {@link #passwordOf}, and grants the rights. */
    void let(String role, List<Right> rights) throws Exception {
        admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                        role,
                        new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS),
                        passwordOf(role).getBytes(StandardCharsets.UTF_8))))
                .all()
                .get();
        admin.createAcls(rights.stream().map(SecureBroker::binding).toList())
                .all()
                .get();
    }

    static String passwordOf(String role) {
        return "secret-of-" + role;
    }

    /** What the client of a role is told. */
    Map<String, Object> client(String role, String password) {
        var settings = new HashMap<String, Object>();
        settings.put("bootstrap.servers", bootstrapServers());
        settings.put("security.protocol", "SASL_SSL");
        settings.put("sasl.mechanism", "SCRAM-SHA-512");
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.location", authority().toString());
        settings.put("sasl.jaas.config", jaas(role, password));
        return settings;
    }

    static String jaas(String role, String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + role + "\" password=\""
                + password + "\";";
    }

    private static AclBinding binding(Right right) {
        return new AclBinding(
                new ResourcePattern(
                        ResourceType.valueOf(right.type()),
                        right.name(),
                        right.prefix() ? PatternType.PREFIXED : PatternType.LITERAL),
                new AccessControlEntry(
                        "User:" + right.role(),
                        "*",
                        AclOperation.valueOf(right.operation()
                                .replaceAll("(?<=[a-z])([A-Z])", "_$1")
                                .toUpperCase(Locale.ROOT)),
                        AclPermissionType.ALLOW));
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }
}
