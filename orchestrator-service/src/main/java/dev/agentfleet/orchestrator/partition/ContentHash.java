package dev.agentfleet.orchestrator.partition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.SubmitRun;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes that tell same from other: of a submission's meaning, and of a chunk's bytes. */
public final class ContentHash {

    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private ContentHash() {}

    /**
     * The same for two submissions that mean the same, whoever wrote them: the order of fields, white space and options
     * spelled out at their defaults do not count.
     */
    public static String of(SubmitRun submit) {
        SubmitRun plain = new SubmitRun(
                submit.runId(),
                submit.agent(),
                submit.input(),
                submit.pool(),
                submit.tasks(),
                RunOptions.orDefaults(submit.options()),
                submit.moreFollow() ? true : null);
        try {
            JsonNode tree = Json.mapper().readTree(Json.write(plain));
            return of(SORTED.writeValueAsBytes(SORTED.treeToValue(tree, Object.class)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static String of(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
