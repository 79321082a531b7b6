package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the message reference: what the contract's classes say, for people who use any Kafka client. */
final class MessageReference {

    private static final Path SAMPLES = Path.of("src/test/resources/golden/v1");
    private static final Topics TOPICS = Topics.DEFAULT;

    private final StringBuilder text = new StringBuilder();
    private final Set<Class<?>> described = new LinkedHashSet<>();
    private final Set<Class<?>> parts = new LinkedHashSet<>();

    private MessageReference() {}

    /** One topic and the messages on it. */
    private record Channel(String topic, String key, String cleanup, String from, String to, List<Class<?>> kinds) {

        Stream<Class<?>> messages() {
            return kinds.stream().flatMap(Json::messageTypes);
        }

        String anchor() {
            return "#" + topic.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "");
        }
    }

    static String render() {
        var reference = new MessageReference();
        reference.text.append(MessageReferenceGuide.text());
        reference.topics();
        channels().forEach(reference::channel);
        reference.parts();
        reference.failureCodes();
        return reference.text.toString();
    }

    private static List<Channel> channels() {
        return List.of(
                new Channel(TOPICS.requests(), "runId", "delete", "anyone", "the orchestrator", List.of(Request.class)),
                new Channel(TOPICS.runs(), "runId", "delete", "the orchestrator", "anyone", List.of(RunEvent.class)),
                new Channel(
                        TOPICS.deadLetters(),
                        "taskId; of unreadable records see [dead letters](#dead-letters)",
                        "delete, kept twice as long",
                        "the orchestrator, workers",
                        "operators",
                        List.of(DeadLetter.class)),
                new Channel(
                        TOPICS.tasks("<pool>"),
                        "taskId",
                        "delete",
                        "the orchestrator",
                        "the workers of the pool",
                        List.of(TaskAssignment.class)),
                new Channel(
                        TOPICS.results(),
                        "runId; of a Tick `tick/` and the partition",
                        "delete",
                        "workers; of a Tick the orchestrator",
                        "the orchestrator",
                        List.of(AttemptReport.class, Tick.class)),
                new Channel(
                        TOPICS.workers(),
                        "workerId",
                        "compact",
                        "workers",
                        "the orchestrator",
                        List.of(WorkerHeartbeat.class)),
                new Channel(
                        TOPICS.control(),
                        controlKeys(),
                        "compact and delete, kept twice as long",
                        "the orchestrator",
                        "every worker",
                        List.of(Control.class)),
                new Channel(
                        TOPICS.quotaRequests(),
                        "lane; of what concerns budgets runId",
                        "delete, kept for an hour",
                        "workers; of a LimitLane or ForgetBudget the orchestrator",
                        "the orchestrator",
                        List.of(QuotaRequest.class, BudgetRequest.class)),
                new Channel(
                        TOPICS.quotaGrants(),
                        "workerId",
                        "delete, kept for an hour",
                        "the orchestrator",
                        "workers",
                        List.of(PermitsGranted.class, BudgetReserved.class)));
    }

    private static String controlKeys() {
        return "type and scope, such as "
                + Samples.all().values().stream()
                        .filter(Control.class::isInstance)
                        .map(sample -> '`' + Topics.controlKey((Control) sample) + '`')
                        .collect(Collectors.joining(" or "));
    }

    private void topics() {
        text.append("## Topics\n\n| topic | key | cleanup | from | to | messages |\n|---|---|---|---|---|---|\n");
        for (Channel channel : channels()) {
            row(
                    "[`" + channel.topic() + "`](" + channel.anchor() + ")",
                    channel.key(),
                    channel.cleanup(),
                    channel.from(),
                    channel.to(),
                    channel.messages().map(Class::getSimpleName).collect(Collectors.joining(", ")));
        }
        text.append('\n');
    }

    private void channel(Channel channel) {
        text.append("## ")
                .append(channel.topic().replace("<", "&lt;").replace(">", "&gt;"))
                .append("\n\n");
        channel.messages().forEach(this::message);
    }

    private void message(Class<?> type) {
        if (!described.add(type)) {
            text.append("`%s`: [above](#%s).\n\n".formatted(type.getSimpleName(), anchor(type)));
            return;
        }
        text.append("### ").append(type.getSimpleName()).append("\n\n");
        JsonClassDescription about = type.getAnnotation(JsonClassDescription.class);
        if (about == null) {
            throw new IllegalStateException(type.getSimpleName() + ": needs a @JsonClassDescription");
        }
        text.append(about.value()).append("\n\n");
        fields(type);
        text.append("```json\n").append(samples(type)).append("```\n\n");
    }

    private void parts() {
        text.append("## Parts of messages\n\n");
        Set<Class<?>> done = new LinkedHashSet<>();
        while (!done.equals(parts)) {
            List<Class<?>> next = parts.stream().filter(done::add).toList();
            for (Class<?> part : next) {
                text.append("### ").append(part.getSimpleName()).append("\n\n");
                fields(part);
            }
        }
    }

    private void fields(Class<?> type) {
        text.append("| field | type | required | meaning |\n|---|---|---|---|\n");
        for (WireTypes.Field field : WireTypes.fields(type)) {
            row('`' + field.name() + '`', WireTypes.name(field.type()), field.required() ? "yes" : "", field.meaning());
        }
        text.append('\n');
        parts.addAll(WireTypes.parts(type));
    }

    private void failureCodes() {
        String codes = Arrays.stream(FailureCode.class.getFields())
                .map(java.lang.reflect.Field::getName)
                .sorted()
                .map(name -> '`' + name + '`')
                .collect(Collectors.joining(", "));
        text.append("## Failure codes\n\nThe fleet itself uses these; agents add their own. ")
                .append(codes)
                .append(".\n");
    }

    private void row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String anchor(Class<?> type) {
        return type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** The golden forms of the message, its full one first. */
    private static String samples(Class<?> type) {
        String name = type.getSimpleName();
        return Samples.all().keySet().stream()
                .filter(sample -> sample.equals(name) || sample.startsWith(name + "-"))
                .sorted()
                .map(sample -> read(SAMPLES.resolve(sample + ".json")))
                .collect(Collectors.joining());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
