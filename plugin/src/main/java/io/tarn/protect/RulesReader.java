package io.tarn.protect;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.inject.Inject;
import io.airlift.bootstrap.LifeCycleManager;
import io.airlift.json.JsonMapperProvider;
import io.tarn.watch.WatchedContent;

import java.io.IOException;
import java.nio.file.Path;

import static com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION;
import static com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS;
import static com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES;
import static com.fasterxml.jackson.databind.MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS;
import static java.util.Objects.requireNonNull;

/**
 * Reads the rules.
 */
final class RulesReader
        implements WatchedContent<Rules>
{
    private static final JsonMapper MAPPER = new JsonMapperProvider().get()
            .rebuild()
            .enable(FAIL_ON_UNKNOWN_PROPERTIES, FAIL_ON_TRAILING_TOKENS)
            .enable(STRICT_DUPLICATE_DETECTION)
            .enable(ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private final LifeCycleManager lifeCycleManager;

    @Inject
    RulesReader(LifeCycleManager lifeCycleManager)
    {
        this.lifeCycleManager = requireNonNull(lifeCycleManager, "lifeCycleManager is null");
    }

    @Override
    public String holds()
    {
        return "the rules that say who may read what";
    }

    @Override
    public String kept()
    {
        return "The rules before stay in force";
    }

    @Override
    public int maximumMegabytes()
    {
        return 16;
    }

    /**
     * @throws IllegalArgumentException where the rules are wrong, with the line, the column and the path of the member
     */
    @Override
    public Rules read(Path file, byte[] content)
    {
        try {
            WrittenRules written = MAPPER.readValue(content, WrittenRules.class);
            if (written == null) {
                throw new IllegalArgumentException("is null, but must be a JSON object");
            }
            return written.toRules(lifeCycleManager);
        }
        catch (IOException e) {
            // without the cause, which says the same in Jackson's words
            throw new IllegalArgumentException(RulesProblem.describe(e));
        }
    }
}
