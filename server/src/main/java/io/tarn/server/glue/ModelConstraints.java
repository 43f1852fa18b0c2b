package io.tarn.server.glue;

import com.google.common.collect.ImmutableMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

import java.util.List;
import java.util.Map;

import static io.tarn.server.aws.AwsException.validation;
import static java.lang.Character.toLowerCase;

/**
 * The lengths that Glue's API model sets for texts and lists, by the name of the member: the SDK's classes do not carry
 * them. What AWS would refuse is refused here, so that a definition that works here works there.
 */
final class ModelConstraints
{
    private record Text(int minimum, int maximum, boolean singleLine) {}

    private record Size(int minimum, int maximum) {}

    private static final Text NAME = new Text(1, 255, true);
    private static final Text TAG_NAME = new Text(1, 128, true);
    private static final Text TAG_VALUE = new Text(0, 256, true);
    private static final int MAX_TAGS = 50;
    private static final Text PARAMETER_VALUE = new Text(0, 512_000, false);

    private static final Map<String, Text> TEXTS = ImmutableMap.<String, Text>builder()
            .put("CatalogId", NAME)
            .put("DatabaseName", NAME)
            .put("TableName", NAME)
            .put("Name", NAME)
            .put("Owner", new Text(0, 255, true))
            .put("VersionId", NAME)
            .put("ColumnName", NAME)
            .put("FunctionName", NAME)
            .put("ClassName", NAME)
            .put("OwnerName", NAME)
            .put("Pattern", NAME)
            .put("SerializationLibrary", NAME)
            .put("TableType", new Text(0, 255, true))
            .put("Comment", new Text(0, 255, true))
            .put("Type", new Text(0, 131_072, true))
            .put("ColumnType", new Text(0, 20_000, true))
            .put("InputFormat", new Text(0, 128, true))
            .put("OutputFormat", new Text(0, 128, true))
            .put("Description", new Text(0, 2048, false))
            .put("LocationUri", new Text(1, 1024, false))
            .put("Location", new Text(0, 2056, false))
            .put("AdditionalLocations", new Text(0, 2056, false))
            .put("Uri", new Text(1, 1024, false))
            .put("ViewOriginalText", new Text(0, 409_600, false))
            .put("ViewExpandedText", new Text(0, 409_600, false))
            .put("Expression", new Text(0, 2048, false))
            .put("SearchText", new Text(0, 1024, false))
            .put("Values", new Text(0, 1024, false))
            .put("PartitionValues", new Text(0, 1024, false))
            .put("PartitionValueList", new Text(0, 1024, false))
            .put("ColumnNames", NAME)
            .put("BucketColumns", NAME)
            .put("TablesToDelete", NAME)
            .put("VersionIds", NAME)
            .put("IndexName", NAME)
            .put("Keys", NAME)
            .put("ResourceArn", new Text(1, 10_240, false))
            .put("TagsToRemove", TAG_NAME)
            .buildOrThrow();

    private static final Map<String, Size> LISTS = ImmutableMap.<String, Size>builder()
            .put("TablesToDelete", new Size(0, 100))
            .put("VersionIds", new Size(0, 100))
            .put("PartitionInputList", new Size(0, 100))
            .put("PartitionsToGet", new Size(0, 1000))
            .put("PartitionsToDelete", new Size(0, 25))
            .put("PartitionValueList", new Size(0, 100))
            .put("Entries", new Size(1, 100))
            .put("ColumnNames", new Size(0, 100))
            .put("PartitionIndexes", new Size(0, 3))
            .put("Keys", new Size(1, Integer.MAX_VALUE))
            .put("TagsToRemove", new Size(0, 50))
            .put("ColumnStatisticsList", new Size(0, 25))
            .put("ResourceUris", new Size(0, 1000))
            .put("SortCriteria", new Size(0, 1))
            .buildOrThrow();

    private ModelConstraints() {}

    /**
     * @throws io.tarn.server.aws.AwsException {@code ValidationException}, naming the member
     */
    static void check(SdkPojo request)
    {
        checkMembers(request, "");
    }

    private static void checkMembers(SdkPojo pojo, String path)
    {
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (value != null) {
                String name = field.memberName();
                check(name, value, path + toLowerCase(name.charAt(0)) + name.substring(1));
            }
        }
    }

    private static void check(String name, Object value, String path)
    {
        switch (value) {
            case String text -> checkText(TEXTS.get(name), text, path);
            case SdkPojo pojo -> checkMembers(pojo, path + ".");
            case List<?> list -> {
                Size size = LISTS.get(name);
                if (size != null) {
                    checkLength(list.size(), size.minimum(), size.maximum(), path);
                }
                for (int i = 0; i < list.size(); i++) {
                    check(name, list.get(i), "%s.%s.member".formatted(path, i + 1));
                }
            }
            case Map<?, ?> map -> {
                if (name.equals("Tags") || name.equals("TagsToAdd")) {
                    checkLength(map.size(), 0, MAX_TAGS, path);
                    map.forEach((key, content) -> {
                        checkText(TAG_NAME, (String) key, path + " (key)");
                        checkText(TAG_VALUE, (String) content, path + "." + key);
                    });
                }
                if (name.equals("Parameters")) {
                    map.forEach((key, content) -> {
                        checkText(NAME, (String) key, path + " (key)");
                        checkText(PARAMETER_VALUE, (String) content, path + "." + key);
                    });
                }
            }
            default -> {}
        }
    }

    private static void checkText(Text text, String value, String path)
    {
        if (text == null) {
            return;
        }
        checkLength(value.codePointCount(0, value.length()), text.minimum(), text.maximum(), path);
        if (text.singleLine() && value.chars().anyMatch(character -> character < ' ' && character != '\t')) {
            throw validation(path, "Member must satisfy regular expression pattern: [\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\t]*");
        }
    }

    private static void checkLength(int length, int minimum, int maximum, String path)
    {
        if (length > maximum) {
            throw validation(path, "Member must have length less than or equal to " + maximum);
        }
        if (length < minimum) {
            throw validation(path, "Member must have length greater than or equal to " + minimum);
        }
    }
}
