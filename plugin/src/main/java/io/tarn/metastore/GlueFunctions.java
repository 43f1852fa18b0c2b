package io.tarn.metastore;

import com.google.common.collect.ImmutableList;
import com.google.common.io.ByteArrayDataOutput;
import io.airlift.compress.v3.zstd.ZstdCompressor;
import io.airlift.compress.v3.zstd.ZstdDecompressor;
import io.airlift.json.JsonCodec;
import io.trino.spi.TrinoException;
import io.trino.spi.function.LanguageFunction;
import software.amazon.awssdk.services.glue.model.PrincipalType;
import software.amazon.awssdk.services.glue.model.ResourceType;
import software.amazon.awssdk.services.glue.model.ResourceUri;
import software.amazon.awssdk.services.glue.model.UserDefinedFunction;
import software.amazon.awssdk.services.glue.model.UserDefinedFunctionInput;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import static com.google.common.hash.Hashing.sha256;
import static com.google.common.io.BaseEncoding.base64Url;
import static com.google.common.io.ByteStreams.newDataOutput;
import static io.airlift.json.JsonCodec.jsonCodec;
import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static java.lang.Math.min;

/**
 * SQL functions as user-defined functions of Glue, in the form in which Trino's Hive connector keeps them there, so
 * that either reads the other's: the definition as JSON, compressed, cut into the "resource URIs" of a function whose
 * name holds a digest of its signature.
 */
final class GlueFunctions
{
    private static final JsonCodec<LanguageFunction> CODEC = jsonCodec(LanguageFunction.class);
    private static final String SEPARATOR = "__";
    private static final int URI_BYTES = 750;
    // a routine's text is far below this; the size is read from data that anybody may have written
    private static final int MAX_DEFINITION_BYTES = 16 * 1024 * 1024;

    private GlueFunctions() {}

    static boolean isNameSupported(String functionName)
    {
        return !functionName.contains(SEPARATOR);
    }

    static String glueName(String functionName, String signatureToken)
    {
        return "trino__%s__%s".formatted(functionName, sha256().hashUnencodedChars(signatureToken));
    }

    static String allFunctionsPattern()
    {
        return "trino__.*";
    }

    static String functionPattern(String functionName)
    {
        return "trino__%s__.*".formatted(Pattern.quote(functionName));
    }

    static LanguageFunction toFunction(String databaseName, UserDefinedFunction function)
    {
        try {
            ByteArrayDataOutput compressed = newDataOutput();
            for (ResourceUri uri : function.resourceUris()) {
                compressed.write(base64Url().decode(uri.uri()));
            }
            LanguageFunction decoded = CODEC.fromJson(decompress(compressed.toByteArray()));
            return new LanguageFunction(decoded.signatureToken(), decoded.sql(), decoded.path(), Optional.ofNullable(function.ownerName()));
        }
        catch (RuntimeException e) {
            throw new TrinoException(
                    TARN_INVALID_METADATA,
                    "The definition of function %s.%s in the catalogue cannot be read: %s. Drop it and create it again".formatted(databaseName, function.functionName(), e.getMessage()),
                    e);
        }
    }

    static UserDefinedFunctionInput toFunctionInput(String functionName, LanguageFunction function)
    {
        return UserDefinedFunctionInput.builder()
                .functionName(glueName(functionName, function.signatureToken()))
                .className("TrinoFunction")
                .ownerType(PrincipalType.USER)
                .ownerName(function.owner().orElse(null))
                .resourceUris(toResourceUris(CODEC.toJsonBytes(function)))
                .build();
    }

    private static List<ResourceUri> toResourceUris(byte[] definition)
    {
        ZstdCompressor compressor = ZstdCompressor.create();
        byte[] compressed = new byte[compressor.maxCompressedLength(definition.length)];
        int size = compressor.compress(definition, 0, definition.length, compressed, 0, compressed.length);
        ImmutableList.Builder<ResourceUri> uris = ImmutableList.builder();
        for (int offset = 0; offset < size; offset += URI_BYTES) {
            uris.add(ResourceUri.builder()
                    .resourceType(ResourceType.FILE)
                    .uri(base64Url().encode(compressed, offset, min(URI_BYTES, size - offset)))
                    .build());
        }
        return uris.build();
    }

    private static byte[] decompress(byte[] compressed)
    {
        ZstdDecompressor decompressor = ZstdDecompressor.create();
        long size = decompressor.getDecompressedSize(compressed, 0, compressed.length);
        if (size < 0 || size > MAX_DEFINITION_BYTES) {
            throw new IllegalArgumentException("it claims to be %s bytes long".formatted(size));
        }
        byte[] definition = new byte[(int) size];
        decompressor.decompress(compressed, 0, compressed.length, definition, 0, definition.length);
        return definition;
    }
}
