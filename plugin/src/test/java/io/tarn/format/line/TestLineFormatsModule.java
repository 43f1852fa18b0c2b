package io.tarn.format.line;

import com.google.inject.Inject;
import com.google.inject.Injector;
import io.airlift.bootstrap.Bootstrap;
import io.tarn.format.FileCodec;
import io.tarn.format.FileFormats;
import io.tarn.format.FileSchema;
import io.tarn.format.FormatWriter;
import io.tarn.format.FormatWriters;
import io.trino.plugin.base.session.SessionPropertiesProvider;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;

import static com.google.inject.Scopes.SINGLETON;
import static io.tarn.error.TarnErrorCode.TARN_CANNOT_WRITE;
import static io.tarn.error.TarnErrorCode.TARN_UNSUPPORTED_FORMAT;
import static io.trino.hive.formats.HiveClassNames.JSON_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.LAZY_SIMPLE_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.LEGACY_JSON_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.OPENCSV_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.OPENX_JSON_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.REGEX_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.SEQUENCEFILE_INPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.TEXT_INPUT_FORMAT_CLASS;
import static io.trino.testing.assertions.TrinoExceptionAssert.assertTrinoExceptionThrownBy;
import static org.assertj.core.api.Assertions.assertThat;

class TestLineFormatsModule
{
    @Test
    void testFormatsAreBound()
    {
        Injector injector = new Bootstrap(new LineFormatsModule(), binder -> {
            binder.bind(FileFormats.class).in(SINGLETON);
            binder.bind(FormatWriters.class).in(SINGLETON);
            binder.bind(Providers.class).in(SINGLETON);
        })
                .doNotInitializeLogging()
                .setRequiredConfigurationProperties(Map.of("tarn.text.max-line-length", "1MB"))
                .quiet()
                .initialize();

        FileFormats formats = injector.getInstance(FileFormats.class);
        assertThat(formats.require(schema(OPENX_JSON_SERDE_CLASS, TEXT_INPUT_FORMAT_CLASS)).name()).isEqualTo("OPENX_JSON");
        assertThat(formats.require(schema(JSON_SERDE_CLASS, TEXT_INPUT_FORMAT_CLASS)).name()).isEqualTo("JSON");
        assertThat(formats.require(schema(LEGACY_JSON_SERDE_CLASS, "")).name()).isEqualTo("JSON");
        assertThat(formats.require(schema(OPENCSV_SERDE_CLASS, TEXT_INPUT_FORMAT_CLASS)).name()).isEqualTo("CSV");
        assertThat(formats.require(schema(REGEX_SERDE_CLASS, TEXT_INPUT_FORMAT_CLASS)).name()).isEqualTo("REGEX");
        assertThat(formats.require(schema(LAZY_SIMPLE_SERDE_CLASS, TEXT_INPUT_FORMAT_CLASS)).name()).isEqualTo("TEXTFILE");
        // a table created without a SerDe has Hive's default
        assertThat(formats.require(schema("", TEXT_INPUT_FORMAT_CLASS)).name()).isEqualTo("TEXTFILE");

        for (FileSchema schema : List.of(schema("", ""), schema(LAZY_SIMPLE_SERDE_CLASS, "com.example.InputFormat"), schema("com.example.SerDe", TEXT_INPUT_FORMAT_CLASS))) {
            assertTrinoExceptionThrownBy(() -> formats.require(schema)).hasErrorCode(TARN_UNSUPPORTED_FORMAT);
        }

        FileSchema sequenceFiles = schema(LAZY_SIMPLE_SERDE_CLASS, SEQUENCEFILE_INPUT_FORMAT_CLASS);
        assertThat(formats.require(sequenceFiles).name()).isEqualTo("TEXTFILE");
        assertThat(formats.require(schema("com.amazonaws.glue.serde.GrokSerDe", TEXT_INPUT_FORMAT_CLASS)).name()).isEqualTo("GROK");
        assertThat(formats.require(schema(JSON_SERDE_CLASS, "com.amazon.emr.cloudtrail.CloudTrailInputFormat")).name()).isEqualTo("CLOUDTRAIL");
        assertThat(formats.require(schema("com.esri.hadoop.hive.serde.JsonSerde", "com.esri.json.hadoop.EnclosedJsonInputFormat")).name()).isEqualTo("ESRI_JSON");
        assertThat(formats.require(schema("com.esri.hadoop.hive.serde.GeoJsonSerDe", "com.esri.json.hadoop.EnclosedJsonInputFormat")).name()).isEqualTo("GEO_JSON");

        FormatWriters writers = injector.getInstance(FormatWriters.class);
        assertThat(writers.names()).containsExactly("CSV", "JSON", "OPENX_JSON", "TEXTFILE");
        for (String name : writers.names()) {
            FormatWriter writer = writers.named(name).orElseThrow();
            FileSchema schema = schema(writer.storageFormat().getSerde(), writer.storageFormat().getInputFormat());
            assertThat(writers.require(schema)).isSameAs(writer);
            assertThat(formats.require(schema).name()).isEqualTo(name);
            assertThat(writer.defaultCodec()).isEqualTo(FileCodec.GZIP);
            assertThat(writer.extension(FileCodec.GZIP)).isEqualTo(".gz");
        }
        assertTrinoExceptionThrownBy(() -> writers.require(sequenceFiles)).hasErrorCode(TARN_CANNOT_WRITE);
        assertTrinoExceptionThrownBy(() -> writers.require(schema(REGEX_SERDE_CLASS, TEXT_INPUT_FORMAT_CLASS))).hasErrorCode(TARN_CANNOT_WRITE);

        assertThat(injector.getInstance(Providers.class).names()).containsExactly("text_max_line_length");
    }

    private static FileSchema schema(String serde, String inputFormat)
    {
        return new FileSchema(serde, inputFormat, List.of(), Map.of());
    }

    record Providers(Set<SessionPropertiesProvider> providers)
    {
        @Inject
        Providers {}

        List<String> names()
        {
            return providers.stream()
                    .flatMap(provider -> provider.getSessionProperties().stream())
                    .map(property -> property.getName())
                    .toList();
        }
    }
}
