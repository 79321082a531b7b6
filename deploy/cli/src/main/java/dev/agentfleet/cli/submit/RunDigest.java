package dev.agentfleet.cli.submit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest a seal carries: zero bytes at first, then SHA-256 over the digest so far and the next chunk. */
final class RunDigest {
    private byte[] soFar = new byte[0];

    void add(byte[] chunk) {
        MessageDigest sha = sha256();
        sha.update(soFar);
        soFar = sha.digest(chunk);
    }

    String hex() {
        return HexFormat.of().formatHex(soFar);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
