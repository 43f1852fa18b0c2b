package io.tarn.bucket;

import io.tarn.type.HiveTypes;
import io.trino.metastore.HiveType;
import io.trino.plugin.hive.util.HiveBucketing;
import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.block.DictionaryBlock;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.type.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.stream.IntStream;

import static io.airlift.slice.Slices.utf8Slice;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.TypeUtils.writeNativeValue;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Trino's Hive connector is the oracle, which has its hashes from Hive's own tests.
 */
final class TestRowHash
{
    private static final int POSITIONS = 2000;
    private static final List<String> TYPES = List.of(
            "boolean",
            "tinyint",
            "smallint",
            "int",
            "bigint",
            "float",
            "double",
            "string",
            "varchar(30)",
            "date",
            "array<boolean>",
            "array<smallint>",
            "array<string>",
            "array<array<double>>",
            "array<map<int,varchar(5)>>",
            "map<string,bigint>",
            "map<date,float>",
            "map<smallint,array<varchar(7)>>",
            "map<array<tinyint>,map<int,double>>");

    @ParameterizedTest
    @EnumSource(BucketingVersion.class)
    void everyTypeAsTheOracle(BucketingVersion version)
    {
        RandomValues values = new RandomValues(4);
        for (String name : TYPES) {
            HiveType type = HiveType.valueOf(name);
            assertThat(RowHash.isSupported(type)).as(name).isTrue();
            assertAsTheOracle(version, List.of(type), new Page(values.block(trinoType(type), POSITIONS)));
        }
    }

    @ParameterizedTest
    @EnumSource(BucketingVersion.class)
    void severalColumnsAsTheOracle(BucketingVersion version)
    {
        List<HiveType> types = TYPES.stream().map(HiveType::valueOf).toList();
        RandomValues values = new RandomValues(5);
        assertAsTheOracle(version, types, new Page(types.stream().map(type -> values.block(trinoType(type), POSITIONS)).toArray(Block[]::new)));
        assertAsTheOracle(version, types.reversed(), new Page(types.reversed().stream().map(type -> values.block(trinoType(type), POSITIONS)).toArray(Block[]::new)));
    }

    @ParameterizedTest
    @EnumSource(BucketingVersion.class)
    void encodedBlocks(BucketingVersion version)
    {
        RandomValues values = new RandomValues(6);
        for (String name : TYPES) {
            HiveType type = HiveType.valueOf(name);
            Block block = values.block(trinoType(type), 100);
            assertAsTheOracle(version, List.of(type), new Page(DictionaryBlock.create(300, block, IntStream.range(0, 300).map(i -> (i * 7) % 100).toArray())));
            assertAsTheOracle(version, List.of(type), new Page(RunLengthEncodedBlock.create(block.getSingleValueBlock(42), 10)));
        }
    }

    @Test
    void knownValues()
    {
        // as Hive 3 prints them for hash and murmur_hash
        assertThat(hash(BucketingVersion.V1, "string", writeNativeValue(VARCHAR, utf8Slice("test")))).isEqualTo("test".hashCode());
        assertThat(hash(BucketingVersion.V1, "double", writeNativeValue(DOUBLE, -0.0))).isEqualTo(Integer.MIN_VALUE);
        assertThat(hash(BucketingVersion.V1, "int", writeNativeValue(INTEGER, null))).isZero();
        assertThat(hash(BucketingVersion.V2, "int", writeNativeValue(INTEGER, null))).isZero();
        assertThat(RowHash.bucket(Integer.MIN_VALUE, 8)).isZero();
        assertThat(RowHash.bucket(-1, 8)).isEqualTo(7);
    }

    private static int hash(BucketingVersion version, String type, Block value)
    {
        return new RowHash(version, List.of(HiveType.valueOf(type))).hash(new Page(value), 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp", "decimal(10,2)", "char(3)", "binary", "struct<a:int>", "array<timestamp>", "map<int,struct<a:int>>", "map<char(1),int>", "uniontype<int,string>"})
    void typesThatRowsAreNotBucketedBy(String type)
    {
        assertThat(RowHash.isSupported(HiveType.valueOf(type))).isFalse();
        assertThatThrownBy(() -> new RowHash(BucketingVersion.V2, List.of(HiveType.valueOf(type)))).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertAsTheOracle(BucketingVersion version, List<HiveType> types, Page page)
    {
        HiveBucketing.BucketingVersion oracle = switch (version) {
            case V1 -> HiveBucketing.BucketingVersion.BUCKETING_V1;
            case V2 -> HiveBucketing.BucketingVersion.BUCKETING_V2;
        };
        RowHash hash = new RowHash(version, types);
        for (int count : List.of(1, 2, 7, 16, 100, Integer.MAX_VALUE)) {
            for (int position = 0; position < page.getPositionCount(); position++) {
                int expected = HiveBucketing.getHiveBucket(oracle, count, types.stream().map(HiveType::getTypeInfo).toList(), page, position);
                assertThat(RowHash.bucket(hash.hash(page, position), count)).as("%s at %s of %s buckets", types, position, count).isEqualTo(expected);
            }
        }
    }

    private static Type trinoType(HiveType type)
    {
        return HiveTypes.trinoType(type).orElseThrow();
    }
}
