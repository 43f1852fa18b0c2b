package io.tarn.server.dialect;

import com.google.common.collect.ImmutableList;
import io.tarn.athena.dialect.TableKinds;

import java.io.Closeable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The catalogues in which Athena's statements are at home.
 */
public final class DialectCatalogs
        implements Closeable
{
    private final List<DialectCatalog> catalogs;
    private final Map<String, GlueTableKinds> tables = new HashMap<>();

    /**
     * @param catalogs those of Tarn's; the first stands for all where a session is in another connector's catalogue
     */
    public DialectCatalogs(List<DialectCatalog> catalogs)
    {
        this.catalogs = ImmutableList.copyOf(catalogs);
        catalogs.forEach(catalog -> tables.put(catalog.name(), new GlueTableKinds(catalog.properties())));
    }

    /**
     * The catalogue of Tarn's that has this name, or whose Iceberg tables are in the one of this name.
     */
    Optional<DialectCatalog> named(String name)
    {
        return catalogs.stream().filter(catalog -> catalog.name().equals(name)).findFirst()
                .or(() -> catalogs.stream().filter(catalog -> catalog.icebergCatalog().filter(name::equals).isPresent()).findFirst());
    }

    Optional<DialectCatalog> first()
    {
        return catalogs.stream().findFirst();
    }

    TableKinds tables(DialectCatalog catalog)
    {
        return tables.get(catalog.name());
    }

    @Override
    public void close()
    {
        tables.values().forEach(GlueTableKinds::close);
    }
}
