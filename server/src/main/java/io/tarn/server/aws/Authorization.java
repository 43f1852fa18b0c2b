package io.tarn.server.aws;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code Authorization} header of Signature Version 4.
 *
 * @param date the scope's day, {@code yyyyMMdd}
 * @param service the scope's service
 * @param scope {@code date/region/service/aws4_request}
 * @param signedHeaders lower-cased names, in the order they were signed
 * @param signature 64 hexadecimal digits
 */
record Authorization(String accessKey, String date, String service, String scope, List<String> signedHeaders, String signature)
{
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    /**
     * @throws AwsException {@code IncompleteSignatureException} where a part is missing or malformed
     */
    static Authorization parse(String header)
    {
        if (!header.startsWith(ALGORITHM + " ")) {
            throw incomplete("Authorization header requires the algorithm " + ALGORITHM);
        }
        Map<String, String> parts = new HashMap<>();
        for (String part : header.substring(ALGORITHM.length()).split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0 || parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip()) != null) {
                throw incomplete("Authorization header has a part that is not one key=value: '" + part.strip() + "'");
            }
        }

        // an access key may hold slashes, the scope may not
        String credential = required(parts, "Credential");
        String[] fields = credential.split("/", -1);
        if (fields.length < 5 || !fields[fields.length - 1].equals("aws4_request")) {
            throw incomplete("Credential in the Authorization header is not accessKey/yyyyMMdd/region/service/aws4_request");
        }
        String scope = String.join("/", List.of(fields).subList(fields.length - 4, fields.length));
        String accessKey = credential.substring(0, credential.length() - scope.length() - 1);

        String signature = required(parts, "Signature");
        if (!signature.matches("[0-9a-f]{64}")) {
            throw incomplete("Signature in the Authorization header is not 64 lower-case hexadecimal digits");
        }
        return new Authorization(
                accessKey,
                fields[fields.length - 4],
                fields[fields.length - 2],
                scope,
                List.of(required(parts, "SignedHeaders").split(";", -1)),
                signature);
    }

    private static String required(Map<String, String> parts, String name)
    {
        String value = parts.get(name);
        if (value == null || value.isEmpty()) {
            throw incomplete("Authorization header requires '%s' parameter".formatted(name));
        }
        return value;
    }

    static AwsException incomplete(String message)
    {
        return new AwsException("IncompleteSignatureException", 403, message);
    }
}
