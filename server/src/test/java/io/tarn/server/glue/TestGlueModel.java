package io.tarn.server.glue;

import io.tarn.server.aws.AwsEndpoint;
import io.tarn.server.aws.AwsOperation;
import io.tarn.server.aws.AwsService;
import io.tarn.server.aws.FilledModel;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.GlueRequest;
import software.amazon.awssdk.utils.builder.SdkBuilder;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import static io.tarn.server.glue.LocalGlue.CREDENTIALS;
import static java.util.Locale.ENGLISH;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The wire: every member of every request and response of AWS's model goes from AWS's own client to the endpoint, and
 * back, as it was.
 */
final class TestGlueModel
{
    @Test
    void testEveryMemberOfEveryOperation()
            throws Exception
    {
        Map<String, Method> methods = Arrays.stream(GlueClient.class.getMethods())
                .filter(method -> method.getParameterCount() == 1 && GlueRequest.class.isAssignableFrom(method.getParameterTypes()[0]))
                .filter(method -> !method.getName().endsWith("Paginator"))
                // by the name in lower case: the SDK writes the model's abbreviations as words
                .collect(toMap(method -> method.getParameterTypes()[0].getSimpleName().replaceFirst("Request$", "").toLowerCase(ENGLISH), identity()));
        Echo echo = new Echo(methods);
        int members = 0;
        try (AwsEndpoint endpoint = AwsEndpoint.start("127.0.0.1", 0, CREDENTIALS, List.of(echo));
                GlueClient client = LocalGlue.client(endpoint.uri(), CREDENTIALS)) {
            for (Method method : methods.values()) {
                SdkPojo request = build(FilledModel.fill(builder(method.getParameterTypes()[0])));
                SdkPojo response = (SdkPojo) method.invoke(client, request);
                SdkPojo received = echo.received.get(method.getParameterTypes()[0]);
                assertThat(received.equalsBySdkFields(request)).as("%s arrives as %s", request, received).isTrue();
                SdkPojo sent = build(FilledModel.fill(builder(method.getReturnType())));
                assertThat(response.equalsBySdkFields(sent)).as("%s comes back as %s", sent, response).isTrue();
                members += FilledModel.set(request).size() + FilledModel.set(response).size();
            }
        }
        System.out.printf("Glue: %d operations with %d members of requests and responses%n", methods.size(), members);
        assertThat(methods).hasSizeGreaterThan(200);
        assertThat(members).isGreaterThan(1500);
    }

    private static SdkPojo builder(Class<?> type)
            throws ReflectiveOperationException
    {
        return (SdkPojo) type.getMethod("builder").invoke(null);
    }

    private static SdkPojo build(SdkPojo builder)
    {
        return (SdkPojo) ((SdkBuilder<?, ?>) builder).build();
    }

    /**
     * Keeps what it is asked, and answers with everything the response can hold.
     */
    private static final class Echo
            implements AwsService
    {
        private final Map<String, Method> methods;
        private final Map<Class<?>, SdkPojo> received = new ConcurrentHashMap<>();

        private Echo(Map<String, Method> methods)
        {
            this.methods = methods;
        }

        @Override
        public String targetPrefix()
        {
            return "AWSGlue";
        }

        @Override
        public String signingName()
        {
            return "glue";
        }

        @Override
        public Optional<AwsOperation<?>> operation(String name)
        {
            Method method = methods.get(name.toLowerCase(ENGLISH));
            return Optional.of(new AwsOperation<>(name, TestGlueModel::build, () -> newBuilder(method.getParameterTypes()[0]), request -> {
                received.put(request.getClass(), request);
                return build(FilledModel.fill(newBuilder(method.getReturnType())));
            }));
        }

        @Override
        public boolean inModel(String name)
        {
            return true;
        }

        private static SdkPojo newBuilder(Class<?> type)
        {
            try {
                return builder(type);
            }
            catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
