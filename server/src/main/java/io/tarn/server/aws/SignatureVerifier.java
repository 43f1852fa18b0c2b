package io.tarn.server.aws;

import com.google.common.hash.Hashing;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static io.tarn.server.aws.Authorization.incomplete;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Verifies AWS Signature Version 4 as the AWS documentation "Signature Version 4 for API requests" gives it. The hash of
 * the body is computed here, whatever the request says it is. Any region is accepted as sent.
 */
final class SignatureVerifier
{
    private static final Duration SKEW = Duration.ofMinutes(15);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

    private final Credentials credentials;
    private final InstantSource clock;

    SignatureVerifier(Credentials credentials, InstantSource clock)
    {
        this.credentials = requireNonNull(credentials, "credentials is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * @param signingName the service that the signature must be for
     * @throws AwsException status 403, with AWS's name for what is wrong
     */
    void verify(AwsRequest request, String signingName)
    {
        Authorization authorization = Authorization.parse(request.header("authorization").orElseThrow(() ->
                new AwsException("MissingAuthenticationTokenException", 403, "Missing Authentication Token")));
        String timestamp = request.header("x-amz-date").orElseThrow(() ->
                incomplete("Authorization header requires existence of an 'X-Amz-Date' header"));

        if (!MessageDigest.isEqual(authorization.accessKey().getBytes(UTF_8), credentials.accessKey().getBytes(UTF_8))) {
            throw unrecognized("The security token included in the request is invalid: the access key is not this endpoint's");
        }
        if (request.headers().containsKey("x-amz-security-token")) {
            throw unrecognized("The security token included in the request is invalid: this endpoint's keys have no session token, unset AWS_SESSION_TOKEN");
        }
        checkScope(authorization, signingName, timestamp);
        checkSignedHeaders(authorization, request);

        String payloadHash = Hashing.sha256().hashBytes(request.body()).toString();
        if (!request.header("x-amz-content-sha256").orElse(payloadHash).equals(payloadHash)) {
            throw invalid("The value of the X-Amz-Content-Sha256 header is not the SHA-256 of the body");
        }
        String expected = signature(authorization, timestamp, canonicalRequest(request, authorization.signedHeaders(), payloadHash));
        if (!MessageDigest.isEqual(expected.getBytes(US_ASCII), authorization.signature().getBytes(US_ASCII))) {
            throw invalid("The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.");
        }
    }

    private void checkScope(Authorization authorization, String signingName, String timestamp)
    {
        Instant signed;
        try {
            signed = LocalDateTime.parse(timestamp, DATE).toInstant(ZoneOffset.UTC);
        }
        catch (DateTimeParseException e) {
            throw incomplete("Date must be in ISO-8601 'basic format'. Got '%s'".formatted(timestamp));
        }
        if (!timestamp.startsWith(authorization.date() + "T")) {
            throw invalid("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '%s' != '%s'".formatted(authorization.date(), timestamp));
        }
        Instant now = clock.instant();
        if (Duration.between(signed, now).abs().compareTo(SKEW) > 0) {
            throw invalid("Signature %s: %s is more than %s minutes from this endpoint's time, %s".formatted(
                    signed.isBefore(now) ? "expired" : "not yet current", timestamp, SKEW.toMinutes(), DATE.format(now.atOffset(ZoneOffset.UTC))));
        }
        if (!authorization.service().equals(signingName)) {
            throw invalid("Credential should be scoped to correct service: '%s'".formatted(signingName));
        }
    }

    private static void checkSignedHeaders(Authorization authorization, AwsRequest request)
    {
        Set<String> signed = new HashSet<>(authorization.signedHeaders());
        if (signed.size() != authorization.signedHeaders().size()) {
            throw incomplete("SignedHeaders names a header twice");
        }
        for (String name : signed) {
            if (!request.headers().containsKey(name)) {
                throw invalid("'%s' is in SignedHeaders but not in the request".formatted(name));
            }
        }
        for (String name : request.headers().keySet()) {
            if ((name.equals("host") || name.startsWith("x-amz-")) && !signed.contains(name)) {
                throw invalid("'%s' must be a 'SignedHeader' in the AWS Authorization.".formatted(name));
            }
        }
    }

    private static String canonicalRequest(AwsRequest request, List<String> signedHeaders, String payloadHash)
    {
        // the router lets only the path "/" without a query come this far, which needs no encoding
        return String.join(
                "\n",
                request.method(),
                request.path(),
                request.query(),
                signedHeaders.stream()
                        .map(name -> name + ":" + canonicalValue(request.headers().get(name)) + "\n")
                        .collect(joining()),
                String.join(";", signedHeaders),
                payloadHash);
    }

    private static String canonicalValue(List<String> values)
    {
        return values.stream()
                .map(value -> value.strip().replaceAll(" +", " "))
                .collect(joining(","));
    }

    private String signature(Authorization authorization, String timestamp, String canonicalRequest)
    {
        String stringToSign = String.join(
                "\n",
                Authorization.ALGORITHM,
                timestamp,
                authorization.scope(),
                Hashing.sha256().hashString(canonicalRequest, UTF_8).toString());
        byte[] key = ("AWS4" + credentials.secretKey()).getBytes(UTF_8);
        for (String part : authorization.scope().split("/", -1)) {
            key = Hashing.hmacSha256(key).hashString(part, UTF_8).asBytes();
        }
        return Hashing.hmacSha256(key).hashString(stringToSign, UTF_8).toString();
    }

    private static AwsException invalid(String message)
    {
        return new AwsException("InvalidSignatureException", 403, message);
    }

    private static AwsException unrecognized(String message)
    {
        return new AwsException("UnrecognizedClientException", 403, message);
    }
}
