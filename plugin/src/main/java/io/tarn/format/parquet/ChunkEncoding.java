package io.tarn.format.parquet;

import io.tarn.format.DistinctSample;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

import java.util.Optional;
import java.util.OptionalDouble;

import static java.lang.Math.clamp;
import static java.lang.Math.max;
import static java.lang.Math.min;
import static java.lang.Math.sqrt;
import static java.util.Objects.requireNonNull;

/**
 * What the way in which a chunk is encoded tells of its values. Writers number the different values in a dictionary as
 * long as it stays small (a megabyte), and give it up for plain values after that. The bytes of a chunk are those of
 * the dictionary, which grow with the different values, and those of the numbers, which take as many bits as the
 * dictionary's size has: that determines its size.
 * <p>
 * How good it is: of numbers in no order within a few percent, and within the factor of two that the width of the
 * numbers leaves where the dictionary is smaller than what the headers of the pages may deviate by; of few values that
 * come in runs, whose numbers take no space, within the factor by which the dictionary may have been compressed; of
 * text within the error of the mean length, which is known where the file carries size statistics and guessed from
 * minimum and maximum otherwise.
 */
final class ChunkEncoding
{
    // typical: a header with sizes, counts and encodings in compact Thrift, and levels that repeat
    private static final int PAGE_HEADER_BYTES = 28;
    private static final int PAGE_HEADER_DEVIATION = 16;
    private static final int DEFAULT_TEXT_LENGTH = 16;
    private static final int DICTIONARY_COMPRESSION = 4;
    private static final int INCOMPRESSIBLE_BYTES = 64;
    // short runs between packed numbers take more than they would packed
    private static final double MIXED_RUNS = 1.25;

    private final ColumnMetaData chunk;
    private final PrimitiveType type;
    private final double values;
    private final OptionalDouble textLength;
    private final int dictionaryPages;
    private final int otherPages;

    /**
     * @param values that are not null
     * @param boundLength mean length of the minimum and the maximum where they are text
     */
    ChunkEncoding(ColumnMetaData chunk, PrimitiveType type, long values, OptionalDouble boundLength)
    {
        this.chunk = requireNonNull(chunk, "chunk is null");
        this.type = requireNonNull(type, "type is null");
        this.values = values;
        requireNonNull(boundLength, "boundLength is null");
        textLength = unencodedLength(chunk, values).isPresent() ? unencodedLength(chunk, values) : boundLength;
        int encodedByDictionary = 0;
        int encodedOtherwise = 0;
        if (chunk.isSetEncoding_stats()) {
            for (PageEncodingStats pages : chunk.getEncoding_stats()) {
                if (pages.getPage_type() == PageType.DATA_PAGE || pages.getPage_type() == PageType.DATA_PAGE_V2) {
                    if (isDictionary(pages.getEncoding())) {
                        encodedByDictionary += max(0, pages.getCount());
                    }
                    else {
                        encodedOtherwise += max(0, pages.getCount());
                    }
                }
            }
        }
        else if (chunk.getEncodings() != null && chunk.getEncodings().stream().anyMatch(ChunkEncoding::isDictionary)) {
            encodedByDictionary = 1;
            // an older writer lists PLAIN for values that are not in the dictionary, a newer one for the dictionary itself
            encodedOtherwise = chunk.getEncodings().contains(Encoding.PLAIN_DICTIONARY) && chunk.getEncodings().contains(Encoding.PLAIN) ? 1 : 0;
        }
        dictionaryPages = encodedByDictionary;
        otherPages = encodedOtherwise;
    }

    private static boolean isDictionary(Encoding encoding)
    {
        return encoding == Encoding.PLAIN_DICTIONARY || encoding == Encoding.RLE_DICTIONARY;
    }

    private static OptionalDouble unencodedLength(ColumnMetaData chunk, double values)
    {
        return values > 0 && chunk.isSetSize_statistics() && chunk.getSize_statistics().getUnencoded_byte_array_data_bytes() > 0
                ? OptionalDouble.of(chunk.getSize_statistics().getUnencoded_byte_array_data_bytes() / values)
                : OptionalDouble.empty();
    }

    /**
     * Empty where no value is in a dictionary, so that all may be different.
     */
    Optional<DistinctSample> distinct()
    {
        if (values <= 0) {
            return Optional.empty();
        }
        if (chunk.isSetStatistics() && chunk.getStatistics().isSetDistinct_count() && chunk.getStatistics().getDistinct_count() > 0) {
            return Optional.of(new DistinctSample(min(values, chunk.getStatistics().getDistinct_count()), values));
        }
        if (dictionaryPages == 0) {
            return Optional.empty();
        }
        double numbered = values * dictionaryPages / ((double) dictionaryPages + otherPages);
        double otherBytes = (values - numbered) * plainWidth();
        double bytes = chunk.getTotal_uncompressed_size() - otherBytes - headerBytes(compressedDictionaryBytes()) - (double) PAGE_HEADER_BYTES * (dictionaryPages + otherPages);
        return Optional.of(new DistinctSample(clamp(dictionarySize(numbered, bytes), 1.0, max(1.0, numbered)), max(1.0, numbered)));
    }

    /**
     * @param bytes of the dictionary and of the numbers
     */
    private double dictionarySize(double numbered, double bytes)
    {
        double width = plainWidth();
        double stored = compressedDictionaryBytes() - headerBytes(compressedDictionaryBytes()) - codecBytes(chunk.getCodec());
        if (stored > 0 && chunk.getCodec() == CompressionCodec.UNCOMPRESSED) {
            return stored / width;
        }
        // a compressed dictionary is not much longer than it was
        double atLeast = max(1, stored / width);
        double compression = stored > INCOMPRESSIBLE_BYTES ? DICTIONARY_COMPRESSION : 1;
        double atMost = max(atLeast, compressedDictionaryBytes() > 0 ? min(bytes / width, atLeast * compression) : bytes / width);
        double solution = 1;
        for (int bits = 1; bits < Integer.SIZE; bits++) {
            double fits = min(Math.scalb(1.0, bits), (bytes - numbered * bits / Byte.SIZE) / width);
            if (fits > Math.scalb(1.0, bits - 1)) {
                solution = resolved(fits, bits);
            }
        }
        // some runs make the numbers look narrower than they are
        int narrowest = narrowestWidth(numbered, bytes);
        if (solution <= Math.scalb(1.0, narrowest - 1)) {
            solution = middle(narrowest);
        }
        // in runs the numbers take next to nothing, and the solution is too small
        return solution < atLeast ? sqrt(atLeast * atMost) : solution;
    }

    /**
     * Bits of the narrowest numbers that, with the largest dictionary they can count, explain the bytes.
     */
    private int narrowestWidth(double numbered, double bytes)
    {
        int bits = 1;
        while (bits < Integer.SIZE && bytes > MIXED_RUNS * numbered * bits / Byte.SIZE + Math.scalb(plainWidth(), bits) + headerDeviation()) {
            bits++;
        }
        return bits;
    }

    private double headerDeviation()
    {
        return (double) PAGE_HEADER_DEVIATION * (dictionaryPages + otherPages);
    }

    /**
     * A size of the dictionaries that numbers of this width count.
     */
    private static double middle(int bits)
    {
        return Math.scalb(sqrt(0.5), bits);
    }

    /**
     * Where the pages' headers may be off by more than the dictionaries of this width differ, only the width is known.
     */
    private double resolved(double size, int bits)
    {
        return headerDeviation() > plainWidth() * Math.scalb(0.25, bits) ? min(size, middle(bits)) : size;
    }

    private static double headerBytes(double dictionaryBytes)
    {
        if (dictionaryBytes < 80) {
            return 13;
        }
        return dictionaryBytes < 8192 ? 16 : 19;
    }

    private double compressedDictionaryBytes()
    {
        long dictionary = chunk.getDictionary_page_offset();
        return dictionary > 0 && dictionary < chunk.getData_page_offset() ? chunk.getData_page_offset() - dictionary : 0;
    }

    /**
     * What a compressed page takes besides its content.
     */
    private static int codecBytes(CompressionCodec codec)
    {
        return switch (codec) {
            case UNCOMPRESSED -> 0;
            case SNAPPY, LZ4_RAW -> 4;
            case LZ4, LZO, BROTLI -> 10;
            case ZSTD -> 12;
            case GZIP -> 20;
        };
    }

    /**
     * Bytes of a value as it stands in a dictionary.
     */
    private double plainWidth()
    {
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> 1.0 / Byte.SIZE;
            case INT32, FLOAT -> Integer.BYTES;
            case INT64, DOUBLE -> Long.BYTES;
            case INT96 -> 12;
            case FIXED_LEN_BYTE_ARRAY -> max(1, type.getTypeLength());
            case BINARY -> Integer.BYTES + textLength.orElse(DEFAULT_TEXT_LENGTH);
        };
    }

    /**
     * Bytes of a value, on average; empty for what has a fixed length.
     */
    OptionalDouble valueLength(Optional<DistinctSample> distinct)
    {
        if (type.getPrimitiveTypeName() == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY) {
            return OptionalDouble.of(type.getTypeLength());
        }
        if (type.getPrimitiveTypeName() != PrimitiveTypeName.BINARY || values <= 0) {
            return OptionalDouble.empty();
        }
        if (distinct.isEmpty() && unencodedLength(chunk, values).isEmpty()) {
            double overhead = chunk.isSetEncodings() && chunk.getEncodings().contains(Encoding.DELTA_LENGTH_BYTE_ARRAY) ? 1 : Integer.BYTES;
            return OptionalDouble.of(max(0, chunk.getTotal_uncompressed_size() / values - overhead));
        }
        return textLength;
    }
}
