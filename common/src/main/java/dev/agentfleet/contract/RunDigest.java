package dev.agentfleet.contract;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The digest of a run's chunks in order, as {@link SealRun#digest} defines it: SHA-256 over the digest so far and the next
 * chunk's bytes.
 *
 * @param hex lower-case; empty before the first chunk
 */
public record RunDigest(String hex) {

    public static final RunDigest EMPTY = new RunDigest("");

    /** The digest after one more chunk. */
    public RunDigest plus(byte[] chunk) {
        MessageDigest sha = sha256();
        sha.update(HexFormat.of().parseHex(hex));
        return new RunDigest(HexFormat.of().formatHex(sha.digest(chunk)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
