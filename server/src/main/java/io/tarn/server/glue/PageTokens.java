package io.tarn.server.glue;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.tarn.server.aws.AwsException;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import static io.tarn.server.glue.GlueErrors.invalidInput;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The {@code NextToken} of every listing: the key after which the next page begins, sealed together with the listing it
 * belongs to, so that a token that was made up, changed, or got from another listing is refused.
 */
final class PageTokens
{
    private static final int SEAL_BYTES = 16;

    private final HashFunction seal;

    PageTokens(byte[] secret)
    {
        this.seal = Hashing.hmacSha256(secret);
    }

    /**
     * @param listing the operation and all arguments that decide what is listed
     */
    String issue(List<String> listing, String lastKey)
    {
        byte[] key = lastKey.getBytes(UTF_8);
        ByteArrayOutputStream token = new ByteArrayOutputStream();
        token.writeBytes(sealed(listing, key));
        token.writeBytes(key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.toByteArray());
    }

    /**
     * The key after which to go on; empty for a listing that begins.
     *
     * @throws AwsException {@code InvalidInputException} where the token is not this listing's
     */
    Optional<String> resume(List<String> listing, String token)
    {
        if (token == null || token.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        }
        catch (IllegalArgumentException e) {
            throw invalidToken();
        }
        if (bytes.length < SEAL_BYTES) {
            throw invalidToken();
        }
        byte[] key = Arrays.copyOfRange(bytes, SEAL_BYTES, bytes.length);
        if (!MessageDigest.isEqual(Arrays.copyOf(bytes, SEAL_BYTES), sealed(listing, key))) {
            throw invalidToken();
        }
        return Optional.of(new String(key, UTF_8));
    }

    private byte[] sealed(List<String> listing, byte[] key)
    {
        Hasher hasher = seal.newHasher().putInt(listing.size());
        for (String argument : listing) {
            byte[] bytes = argument.getBytes(UTF_8);
            hasher.putInt(bytes.length).putBytes(bytes);
        }
        return Arrays.copyOf(hasher.putBytes(key).hash().asBytes(), SEAL_BYTES);
    }

    private static AwsException invalidToken()
    {
        return invalidInput("NextToken is not one that this listing gave: begin again without it, and repeat all other arguments with each page");
    }
}
