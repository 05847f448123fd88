package io.clew.coordinator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.saga.NotYetException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys command tokens are made with, by their id. Old keys stay in the ring for as long as
 * sagas live that started with them.
 *
 * @param secrets secret by key id
 * @param current id of the key new sagas start with; none means commands carry no token
 */
public record TokenKeys(Map<String, String> secrets, Optional<String> current) {
    public static final TokenKeys NONE = new TokenKeys(Map.of(), Optional.empty());

    private static final String ALGORITHM = "HmacSHA256";

    public TokenKeys {
        secrets = Map.copyOf(secrets);
        for (String id : secrets.keySet()) {
            if (id.isEmpty() || id.indexOf('.') >= 0) {
                throw new IllegalArgumentException(
                        "Expected key ids without a dot but got '" + id + "'");
            }
        }
        if (current.isPresent() && !secrets.containsKey(current.get())) {
            throw new IllegalArgumentException(
                    "Expected the current token key to be in the ring but "
                            + current.get()
                            + " is not");
        }
    }

    /**
     * {@code <key id>.<HMAC-SHA256 of the command id>}.
     *
     * @throws NotYetException if the key is not in the ring
     */
    String token(String keyId, String commandId) {
        String secret = secrets.get(keyId);
        if (secret == null) {
            throw new NotYetException("token key " + keyId + " is not configured here");
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
            byte[] hash = mac.doFinal(commandId.getBytes(UTF_8));
            return keyId + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Expected a JDK with " + ALGORITHM, missing);
        }
    }

    /** Whether the tokens are the same; takes as long whether they are or not. */
    static boolean same(String expected, String token) {
        return MessageDigest.isEqual(expected.getBytes(UTF_8), token.getBytes(UTF_8));
    }

    /** Keeps secrets out of logs. */
    @Override
    public String toString() {
        return "TokenKeys[" + secrets.keySet() + "]";
    }
}
