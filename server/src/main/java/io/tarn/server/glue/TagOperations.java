package io.tarn.server.glue;

import io.tarn.server.aws.AwsOperation;
import software.amazon.awssdk.services.glue.model.GetTagsRequest;
import software.amazon.awssdk.services.glue.model.GetTagsResponse;
import software.amazon.awssdk.services.glue.model.TagResourceRequest;
import software.amazon.awssdk.services.glue.model.TagResourceResponse;
import software.amazon.awssdk.services.glue.model.UntagResourceRequest;
import software.amazon.awssdk.services.glue.model.UntagResourceResponse;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static com.google.common.collect.Sets.union;
import static io.tarn.server.aws.AwsOperation.operation;
import static io.tarn.server.glue.GlueErrors.invalidInput;
import static io.tarn.server.glue.GlueService.CATALOG_ID;
import static io.tarn.server.glue.Names.folded;
import static io.tarn.server.glue.Names.required;
import static java.util.Objects.requireNonNull;

/**
 * Tags. Of what this endpoint has, AWS lets databases be tagged, and nothing else.
 */
final class TagOperations
{
    private static final Pattern DATABASE = Pattern.compile("arn:aws[a-z-]*:glue:[a-z0-9-]*:([0-9]{12}):database/([^/]+)");
    /**
     * AWS's limit of a resource.
     */
    private static final int MAX_TAGS = 50;

    private final GlueStore store;

    TagOperations(GlueStore store)
    {
        this.store = requireNonNull(store, "store is null");
    }

    List<AwsOperation<?>> operations()
    {
        return List.of(
                operation("TagResource", TagResourceRequest::builder, this::tag),
                operation("UntagResource", UntagResourceRequest::builder, this::untag),
                operation("GetTags", GetTagsRequest::builder, this::list));
    }

    private TagResourceResponse tag(TagResourceRequest request)
    {
        String database = database(request.resourceArn());
        Map<String, String> tags = required(request.hasTagsToAdd() ? request.tagsToAdd() : null, "tagsToAdd");
        store.write(transaction -> {
            transaction.databases().require(database);
            put(transaction, database, tags);
            return null;
        });
        return TagResourceResponse.builder().build();
    }

    static void put(GlueTransaction transaction, String database, Map<String, String> tags)
    {
        Set<String> together = union(transaction.tags().list(database).keySet(), tags.keySet());
        if (together.size() > MAX_TAGS) {
            throw invalidInput("Database %s would have %s tags, the limit is %s".formatted(database, together.size(), MAX_TAGS));
        }
        transaction.tags().put(database, tags);
    }

    private UntagResourceResponse untag(UntagResourceRequest request)
    {
        String database = database(request.resourceArn());
        List<String> names = required(request.hasTagsToRemove() ? request.tagsToRemove() : null, "tagsToRemove");
        store.write(transaction -> {
            transaction.databases().require(database);
            transaction.tags().delete(database, names);
            return null;
        });
        return UntagResourceResponse.builder().build();
    }

    private GetTagsResponse list(GetTagsRequest request)
    {
        String database = database(request.resourceArn());
        return store.read(transaction -> {
            transaction.databases().require(database);
            return GetTagsResponse.builder().tags(transaction.tags().list(database)).build();
        });
    }

    private static String database(String arn)
    {
        Matcher matcher = DATABASE.matcher(required(arn, "resourceArn"));
        if (!matcher.matches() || !matcher.group(1).equals(CATALOG_ID)) {
            throw invalidInput("ResourceArn is '%s': databases have tags here, as arn:aws:glue:<region>:%s:database/<name>".formatted(arn, CATALOG_ID));
        }
        return folded(matcher.group(2), "resourceArn");
    }
}
