package io.tarn.connector.unload;

import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.tarn.coerce.Coercion;
import io.tarn.coerce.Coercions;
import io.tarn.ddl.TableLocations;
import io.tarn.write.TableSinks;
import io.tarn.write.TableWrite;
import io.tarn.write.WriteColumn;
import io.tarn.writelog.WriteFileName;
import io.trino.cache.NonEvictableCache;
import io.trino.filesystem.Location;
import io.trino.plugin.base.classloader.ClassLoaderSafeTableFunctionDataProcessor;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.function.table.ConnectorTableFunctionHandle;
import io.trino.spi.function.table.TableFunctionDataProcessor;
import io.trino.spi.function.table.TableFunctionProcessorProvider;

import java.util.List;

import static io.trino.cache.SafeCaches.buildNonEvictableCache;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.HOURS;

public class UnloadProcessors
        implements TableFunctionProcessorProvider
{
    private final TableLocations locations;
    private final TableSinks sinks;
    private final NonEvictableCache<WriteFileName, Boolean> begun = buildNonEvictableCache(CacheBuilder.newBuilder().maximumSize(1000).expireAfterWrite(1, HOURS));

    @Inject
    public UnloadProcessors(TableLocations locations, TableSinks sinks)
    {
        this.locations = requireNonNull(locations, "locations is null");
        this.sinks = requireNonNull(sinks, "sinks is null");
    }

    @Override
    public TableFunctionDataProcessor getDataProcessor(ConnectorSession session, ConnectorTableFunctionHandle handle)
    {
        UnloadHandle unload = (UnloadHandle) handle;
        TableWrite write = unload.write();
        // the statement may have waited since it was analyzed, and another may write to the same folder; once for each worker
        if (begun.getIfPresent(write.file()) == null) {
            locations.requireEmptyForUnload(session, Location.of(write.location()), write.file());
            begun.put(write.file(), true);
        }
        return new ClassLoaderSafeTableFunctionDataProcessor(
                new UnloadProcessor(coercions(unload), sinks.forgettableSink(session, write)),
                getClass().getClassLoader());
    }

    private static List<Coercion> coercions(UnloadHandle unload)
    {
        ImmutableList.Builder<Coercion> coercions = ImmutableList.builder();
        for (int index = 0; index < unload.types().size(); index++) {
            WriteColumn column = unload.write().columns().get(index);
            coercions.add(Coercions.between(unload.types().get(index), column.type(), "column '%s' of UNLOAD".formatted(column.name())).orElseThrow());
        }
        return coercions.build();
    }
}
