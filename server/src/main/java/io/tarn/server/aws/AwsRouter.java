package io.tarn.server.aws;

import java.util.List;
import java.util.Map;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;

/**
 * From a request to the operation it asks for, when its signature is right.
 */
final class AwsRouter
{
    static final String CONTENT_TYPE = "application/x-amz-json-1.1";

    private final SignatureVerifier verifier;
    private final Map<String, AwsService> services;

    AwsRouter(SignatureVerifier verifier, List<AwsService> services)
    {
        this.verifier = requireNonNull(verifier, "verifier is null");
        this.services = services.stream().collect(toImmutableMap(AwsService::targetPrefix, identity()));
    }

    /**
     * @return the response's body
     * @throws AwsException for every error that the client is to see
     */
    byte[] answer(AwsRequest request)
    {
        if (!request.path().equals("/") || !request.query().isEmpty() || !request.method().equals("POST")) {
            throw unknownOperation("%s %s is not part of AWS JSON 1.1, which posts to '/'".formatted(request.method(), request.path()));
        }
        String target = request.header("x-amz-target").orElseThrow(() -> unknownOperation("The request has no single X-Amz-Target header"));
        int dot = target.lastIndexOf('.');
        String prefix = target.substring(0, Math.max(dot, 0));
        String name = target.substring(dot + 1);
        AwsService service = services.get(prefix);
        if (service == null) {
            throw unknownOperation("X-Amz-Target '%s' names no service of this endpoint; it has %s".formatted(target, services.keySet()));
        }

        verifier.verify(request, service.signingName());

        String contentType = request.header("content-type").orElse("").split(";", -1)[0].strip().toLowerCase(ENGLISH);
        if (!contentType.equals(CONTENT_TYPE)) {
            throw new AwsException("UnsupportedMediaTypeException", 415, "Content-Type is '%s', not %s".formatted(contentType, CONTENT_TYPE));
        }
        return service.operation(name)
                .orElseThrow(() -> service.inModel(name)
                        ? new AwsException("OperationNotSupportedException", 400, "%s is an operation of AWS, but this endpoint does not serve it".formatted(target))
                        : unknownOperation("%s is not an operation of AWS".formatted(target)))
                .invoke(request.body());
    }

    private static AwsException unknownOperation(String message)
    {
        return new AwsException("UnknownOperationException", 400, message);
    }
}
