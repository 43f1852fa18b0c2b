package io.tarn.server.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tarn.server.aws.Credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

import static io.tarn.server.engine.EngineException.Reason.FAILED;

/**
 * The key pair of a data folder: made once, and the same after every restart, so that clients keep theirs.
 */
final class CredentialsFile
{
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ACCESS_KEY = "tarn";
    // as many characters as a secret key of AWS has
    private static final int SECRET_BYTES = 30;

    private CredentialsFile() {}

    /**
     * @throws EngineException when the file is there and holds no key pair
     */
    static Credentials loadOrCreate(Path file)
            throws IOException
    {
        if (!Files.exists(file)) {
            byte[] secret = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(secret);
            Credentials credentials = new Credentials(ACCESS_KEY, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
            ObjectNode json = MAPPER.createObjectNode()
                    .put("accessKey", credentials.accessKey())
                    .put("secretKey", credentials.secretKey());
            OwnerFiles.write(file, json.toPrettyString() + "\n");
            return credentials;
        }

        JsonNode json;
        try {
            json = MAPPER.readTree(Files.readString(file));
        }
        catch (JsonProcessingException e) {
            throw damaged(file, "is not JSON", e);
        }
        String accessKey = json.path("accessKey").asText("");
        String secretKey = json.path("secretKey").asText("");
        if (accessKey.isEmpty() || secretKey.isEmpty()) {
            throw damaged(file, "has no accessKey and secretKey", null);
        }
        return new Credentials(accessKey, secretKey);
    }

    private static EngineException damaged(Path file, String what, Throwable cause)
    {
        return new EngineException(FAILED, "%s %s: remove it, and the next start makes a new key pair".formatted(file, what), cause);
    }
}
