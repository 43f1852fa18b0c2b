package io.tarn.format.avro;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.hive.formats.avro.AvroTypeException;
import io.trino.metastore.Column;
import io.trino.metastore.HiveType;
import io.trino.spi.TrinoException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The columns of a table that lists none and has a schema of Avro's.
 */
public final class SchemaColumns
{
    private SchemaColumns() {}

    /**
     * @param literal the schema as text, from anywhere
     * @param refusal the exception for what is wrong with it, as it goes on after "it"
     * @return names as the schema has them, and its documentation as comments
     */
    public static List<Column> columns(String literal, Function<String, TrinoException> refusal)
    {
        ImmutableList.Builder<Column> columns = ImmutableList.builder();
        for (Schema.Field field : SchemaReader.read(literal, NameValidator.UTF_VALIDATOR, refusal).getFields()) {
            try {
                columns.add(new Column(field.name(), HiveType.fromTypeInfo(SchemaTypes.typeInfo(field.schema())), Optional.ofNullable(field.doc()), ImmutableMap.of()));
            }
            catch (AvroTypeException e) {
                throw refusal.apply("has a field '%s' %s".formatted(field.name(), e.getMessage()));
            }
            catch (IllegalArgumentException e) {
                throw refusal.apply("has a field '%s' of a type that Hive lacks: %s".formatted(field.name(), e.getMessage()));
            }
        }
        return columns.build();
    }
}
