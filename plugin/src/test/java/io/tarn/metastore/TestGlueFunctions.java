package io.tarn.metastore;

import com.google.common.collect.ImmutableList;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.CatalogSchemaName;
import io.trino.spi.function.LanguageFunction;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.ResourceUri;
import software.amazon.awssdk.services.glue.model.UserDefinedFunction;
import software.amazon.awssdk.services.glue.model.UserDefinedFunctionInput;

import java.util.Optional;
import java.util.Random;

import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestGlueFunctions
{
    @Test
    void testRoundTrip()
    {
        // text that does not compress, so that it takes several URIs
        StringBuilder text = new StringBuilder("RETURN ");
        new Random(1).ints(4000, 'a', 'z').forEach(letter -> text.append((char) letter));
        for (String sql : new String[] {"RETURN 42", text.toString()}) {
            LanguageFunction function = new LanguageFunction("answer(bigint)", sql, ImmutableList.of(new CatalogSchemaName("c", "s")), Optional.of("owner"));
            UserDefinedFunctionInput input = GlueFunctions.toFunctionInput("answer", function);
            assertThat(input.functionName()).startsWith("trino__answer__").hasSize("trino__answer__".length() + 64);
            // Glue takes at most 1,024 characters in a URI
            assertThat(input.resourceUris()).allSatisfy(uri -> assertThat(uri.uri()).hasSizeLessThanOrEqualTo(1024));
            assertThat(GlueFunctions.toFunction("db", UserDefinedFunction.builder()
                    .functionName(input.functionName())
                    .ownerName(input.ownerName())
                    .resourceUris(input.resourceUris())
                    .build())).isEqualTo(function);
        }
    }

    @Test
    void testDefinitionThatCannotBeRead()
    {
        assertThatThrownBy(() -> GlueFunctions.toFunction("db", UserDefinedFunction.builder()
                .functionName("trino__broken__1")
                .resourceUris(ResourceUri.builder().uri("AAAA").build())
                .build()))
                .isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).isEqualTo(TARN_INVALID_METADATA.toErrorCode()))
                .hasMessageStartingWith("The definition of function db.trino__broken__1 in the catalogue cannot be read: ");
    }
}
