package io.tarn.server.glue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.GlueRequest;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every operation of AWS Glue is asked for once, by AWS's own client.
 */
final class TestGlueCoverage
{
    private static final String NOT_SERVED = "OperationNotSupportedException";

    @Test
    void testEveryOperationIsServedOrRefusedByName(@TempDir Path folder)
            throws Exception
    {
        List<Method> methods = Arrays.stream(GlueClient.class.getMethods())
                .filter(method -> method.getParameterCount() == 1 && GlueRequest.class.isAssignableFrom(method.getParameterTypes()[0]))
                .filter(method -> !method.getName().endsWith("Paginator"))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
        Set<String> served = new TreeSet<>();
        try (LocalGlue glue = new LocalGlue(GlueDatabase.SQLITE.create(folder))) {
            for (Method method : methods) {
                String operation = method.getParameterTypes()[0].getSimpleName().replaceFirst("Request$", "");
                GlueRequest empty = ((GlueRequest.Builder) method.getParameterTypes()[0].getMethod("builder").invoke(null)).build();
                try {
                    method.invoke(glue.client(), empty);
                    served.add(operation);
                }
                catch (InvocationTargetException e) {
                    assertThat(e.getCause()).as(operation).isInstanceOf(GlueException.class);
                    GlueException refusal = (GlueException) e.getCause();
                    assertThat(refusal.statusCode()).as(operation).isEqualTo(400);
                    assertThat(refusal.awsErrorDetails().errorCode()).as(operation).isNotEqualTo("UnknownOperationException");
                    if (refusal.awsErrorDetails().errorCode().equals(NOT_SERVED)) {
                        assertThat(refusal.awsErrorDetails().errorMessage()).isEqualToIgnoringCase("AWSGlue.%s is an operation of AWS, but this endpoint does not serve it".formatted(operation));
                    }
                    else {
                        // it looked at what is missing in the request
                        served.add(operation);
                    }
                }
            }
        }
        System.out.printf("Glue: %d of %d operations are served: %s%n", served.size(), methods.size(), String.join(", ", served));
        assertThat(methods).hasSizeGreaterThan(200);
        assertThat(served).isEqualTo(new TreeSet<>(documented()));
    }

    /**
     * What the documentation says is served.
     */
    private static Set<String> documented()
            throws IOException
    {
        Path root = Path.of(System.getProperty("user.dir")).resolve("..").normalize();
        String section = Files.readString(root.resolve("CATALOGUE.md")).split("## Operations of Glue\n", 2)[1].split("\n## ", 2)[0];
        return Pattern.compile("`((Batch)?(Create|Get|Search|Update|Delete|Tag|Untag)[A-Z][A-Za-z]+)`")
                .matcher(section.lines().filter(line -> line.startsWith("|")).collect(joining()))
                .results()
                .map(result -> result.group(1))
                .collect(toImmutableSet());
    }
}
