package dev.agentfleet.orchestrator.rest;

import io.smallrye.jwt.build.Jwt;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;

/**
 * Tokens as the issuer makes them, for a user named alice.
 *
 * @param key the issuer's, as {@link IssuerResource} tells it
 */
record IssuedTokens(String issuer, String key) {

    static final int LASTS = 300;

    /** One that is good now. */
    String of(Set<String> roles) {
        return signed(issuer, IssuerResource.AUDIENCE, roles, Instant.now().getEpochSecond(), key(key));
    }

    static String signed(String issuer, String audience, Set<String> roles, long issuedAt, PrivateKey key) {
        return Jwt.claims()
                .issuer(issuer)
                .subject("4711")
                .preferredUserName("alice")
                .audience(audience)
                .groups(roles)
                .issuedAt(issuedAt)
                .expiresAt(issuedAt + LASTS)
                .jws()
                .keyId(IssuerResource.KEY_ID)
                .sign(key);
    }

    static PrivateKey key(String encoded) {
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(encoded)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
