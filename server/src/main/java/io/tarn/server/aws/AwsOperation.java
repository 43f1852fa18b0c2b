package io.tarn.server.aws;

import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

import java.util.function.Function;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * An operation of a service: the SDK's own request and response classes are its types, so that every member of AWS's
 * model is understood.
 *
 * @param name as {@code GetTable}
 * @param handler answers a request; throws {@link AwsException} for an error the client is to see
 */
public record AwsOperation<I>(String name, Function<SdkPojo, I> build, Supplier<? extends SdkPojo> builder, Function<I, ? extends SdkPojo> handler)
{
    public AwsOperation
    {
        requireNonNull(name, "name is null");
        requireNonNull(build, "build is null");
        requireNonNull(builder, "builder is null");
        requireNonNull(handler, "handler is null");
    }

    /**
     * @param builder the request's, as {@code GetTableRequest::builder}
     */
    public static <B extends SdkPojo & SdkBuilder<B, I>, I> AwsOperation<I> operation(String name, Supplier<B> builder, Function<I, ? extends SdkPojo> handler)
    {
        @SuppressWarnings("unchecked")
        Function<SdkPojo, I> build = filled -> ((B) filled).build();
        return new AwsOperation<>(name, build, builder, handler);
    }

    /**
     * Reads a request, runs it, and writes the response.
     */
    byte[] invoke(byte[] body)
    {
        SdkPojo request = builder.get();
        SdkJsonReader.read(body, request);
        return SdkJsonWriter.write(handler.apply(build.apply(request)));
    }
}
