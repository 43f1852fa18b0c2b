package io.tarn.athena.dialect;

import java.util.Locale;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * In which surroundings a statement is read.
 *
 * @param catalog the catalogue of Tarn's that stands for Athena's {@code AwsDataCatalog}, in lower case
 * @param schema the database of names without one
 * @param icebergCatalog the catalogue that Iceberg tables are created and changed in; where there is none, such
 *         statements are refused
 * @param engine asked in {@link DialectMode#AUTO} only
 */
public record DialectSession(String catalog, Optional<String> schema, DialectMode mode, Optional<String> icebergCatalog, TableKinds tables, Engine engine)
{
    public DialectSession
    {
        catalog = requireNonNull(catalog, "catalog is null").toLowerCase(Locale.ENGLISH);
        schema = schema.map(name -> name.toLowerCase(Locale.ENGLISH));
        requireNonNull(mode, "mode is null");
        icebergCatalog = icebergCatalog.map(name -> name.toLowerCase(Locale.ENGLISH));
        requireNonNull(tables, "tables is null");
        requireNonNull(engine, "engine is null");
    }

    /**
     * Where there is no engine to be asked.
     */
    public DialectSession(String catalog, Optional<String> schema, DialectMode mode, Optional<String> icebergCatalog, TableKinds tables)
    {
        this(catalog, schema, mode, icebergCatalog, tables, Engine.unknown());
    }

    public DialectSession withMode(DialectMode mode)
    {
        return new DialectSession(catalog, schema, mode, icebergCatalog, tables, engine);
    }

    public DialectSession withEngine(Engine engine)
    {
        return new DialectSession(catalog, schema, mode, icebergCatalog, tables, engine);
    }
}
