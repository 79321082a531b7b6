package dev.agentfleet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RunDigestTest {

    @Test
    void hashesTheDigestSoFarBeforeEachChunk() throws Exception {
        byte[] one = "one".getBytes(StandardCharsets.UTF_8);
        byte[] two = "two".getBytes(StandardCharsets.UTF_8);

        RunDigest digest = RunDigest.EMPTY.plus(one).plus(two);

        var sha = MessageDigest.getInstance("SHA-256");
        sha.update(MessageDigest.getInstance("SHA-256").digest(one));
        assertThat(digest.hex()).isEqualTo(HexFormat.of().formatHex(sha.digest(two)));
    }
}
