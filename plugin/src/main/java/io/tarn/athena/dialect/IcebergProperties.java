package io.tarn.athena.dialect;

import com.google.common.collect.ImmutableSet;
import io.tarn.athena.statement.PartitionTransform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Athena's properties of Iceberg tables, which the guide lists, as the Iceberg connector's.
 */
final class IcebergProperties
{
    static final String MAX_SNAPSHOT_AGE = "vacuum_max_snapshot_age_seconds";
    static final String MIN_SNAPSHOTS = "vacuum_min_snapshots_to_keep";

    // kept with the table, where VACUUM and other engines find them
    private static final Set<String> KEPT = ImmutableSet.of(
            MAX_SNAPSHOT_AGE,
            "vacuum_max_snapshot_age_ms",
            MIN_SNAPSHOTS,
            "vacuum_max_metadata_files_to_keep",
            "optimize_rewrite_min_data_file_size_bytes",
            "optimize_rewrite_max_data_file_size_bytes",
            "optimize_rewrite_data_file_threshold",
            "optimize_rewrite_delete_file_threshold",
            "write_data_path_enabled");

    // bucket(16, id), bucket(id, 16): Athena's guide has both
    private static final Pattern NUMBER_FIRST = Pattern.compile("\\s*(\\w+)\\s*\\(\\s*(\\d+)\\s*,\\s*(.+?)\\s*\\)\\s*");

    private final Map<String, String> assignments = new LinkedHashMap<>();
    private final Map<String, String> extra = new LinkedHashMap<>();
    private final Notes notes;

    IcebergProperties(Notes notes)
    {
        this.notes = requireNonNull(notes, "notes is null");
    }

    void location(String location)
    {
        assignments.put("location", SqlText.string(location.endsWith("/") ? location.substring(0, location.length() - 1) : location));
    }

    /**
     * @param transforms as Athena's {@code partitioning} lists them
     */
    void partitioning(List<String> transforms)
    {
        assignments.put("partitioning", transforms.stream()
                .map(transform -> SqlText.string(columnFirst(transform)))
                .collect(joining(", ", "ARRAY[", "]")));
    }

    void transforms(List<PartitionTransform> transforms)
    {
        partitioning(transforms.stream().map(IcebergProperties::transform).toList());
    }

    private static String columnFirst(String transform)
    {
        Matcher matcher = NUMBER_FIRST.matcher(transform);
        return matcher.matches() ? "%s(%s, %s)".formatted(matcher.group(1), matcher.group(3), matcher.group(2)) : transform;
    }

    private static String transform(PartitionTransform transform)
    {
        String column = SqlText.identifier(transform.column());
        return switch (transform.kind()) {
            case IDENTITY -> column;
            case YEAR, MONTH, DAY, HOUR -> "%s(%s)".formatted(transform.kind().name().toLowerCase(Locale.ENGLISH), column);
            case BUCKET, TRUNCATE -> "%s(%s, %s)".formatted(transform.kind().name().toLowerCase(Locale.ENGLISH), column, transform.argument().orElseThrow());
        };
    }

    /**
     * @return false where Athena knows no such property
     */
    boolean property(String name, String value)
    {
        switch (name) {
            case "format" -> assignments.put("format", SqlText.string(value.toUpperCase(Locale.ENGLISH)));
            case "write_compression", "parquet_compression", "orc_compression" -> assignments.put("compression_codec", SqlText.string(value.toUpperCase(Locale.ENGLISH)));
            case "write_target_data_file_size_bytes" -> assignments.put("target_max_file_size", SqlText.string(value + "B"));
            case "compression_level" -> notes.meaning("The Iceberg connector has no level of compression: compression_level %s is left out".formatted(value));
            case "format_version", "format-version" -> assignments.put("format_version", value);
            default -> {
                if (!KEPT.contains(name)) {
                    return false;
                }
                extra.put(name, value);
            }
        }
        return true;
    }

    /**
     * The assignment that takes a property back.
     *
     * @return empty where the Iceberg connector cannot
     */
    static Optional<String> unset(String name)
    {
        return switch (name) {
            case "format" -> Optional.of("format = DEFAULT");
            case "write_compression" -> Optional.of("compression_codec = DEFAULT");
            case "write_target_data_file_size_bytes" -> Optional.of("target_max_file_size = DEFAULT");
            default -> Optional.empty();
        };
    }

    boolean isEmpty()
    {
        return assignments.isEmpty() && extra.isEmpty();
    }

    /**
     * {@code a = 1, b = 2}.
     */
    String assignments()
    {
        List<String> all = new ArrayList<>();
        assignments.forEach((name, value) -> all.add(name + " = " + value));
        if (!extra.isEmpty()) {
            String keys = extra.keySet().stream().map(SqlText::string).collect(joining(", "));
            String values = extra.values().stream().map(SqlText::string).collect(joining(", "));
            all.add("extra_properties = MAP(ARRAY[%s], ARRAY[%s])".formatted(keys, values));
        }
        return String.join(", ", all);
    }

    /**
     * {@code (a = 1, b = 2)}.
     */
    String list()
    {
        return "(" + assignments() + ")";
    }
}
