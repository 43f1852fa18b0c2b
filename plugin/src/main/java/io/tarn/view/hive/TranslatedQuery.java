package io.tarn.view.hive;

import com.google.common.collect.ImmutableList;
import io.trino.spi.type.Type;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A query in Trino's dialect.
 */
record TranslatedQuery(String sql, List<OutputColumn> columns)
{
    TranslatedQuery
    {
        requireNonNull(sql, "sql is null");
        columns = ImmutableList.copyOf(columns);
    }

    record OutputColumn(String name, Type type) {}
}
