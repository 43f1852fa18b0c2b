package io.tarn.metastore;

import com.google.common.collect.ImmutableList;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A function in the catalogue as Hive has it: a class, and the files that it comes in.
 *
 * @param ownerType as the catalogue names it: {@code USER}, {@code ROLE} or {@code GROUP}
 */
public record UserFunction(
        String databaseName,
        String name,
        Optional<String> className,
        Optional<String> owner,
        Optional<String> ownerType,
        Optional<Instant> createdAt,
        List<Resource> resources)
{
    /**
     * @param type as the catalogue names it: {@code JAR}, {@code FILE} or {@code ARCHIVE}
     */
    public record Resource(String type, String uri)
    {
        public Resource
        {
            requireNonNull(type, "type is null");
            requireNonNull(uri, "uri is null");
        }
    }

    public UserFunction
    {
        requireNonNull(databaseName, "databaseName is null");
        requireNonNull(name, "name is null");
        requireNonNull(className, "className is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(ownerType, "ownerType is null");
        requireNonNull(createdAt, "createdAt is null");
        resources = ImmutableList.copyOf(resources);
    }
}
