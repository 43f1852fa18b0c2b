package io.tarn.server.demo;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * A step of the story, told by a script.
 *
 * @param expectations one for each question of the script, in order
 */
record StoryStep(String title, AthenaScript script, List<Expectation> expectations)
{
    StoryStep
    {
        requireNonNull(title, "title is null");
        requireNonNull(script, "script is null");
        expectations = ImmutableList.copyOf(expectations);
        long questions = script.statements().stream().filter(statement -> statement.title().isPresent()).count();
        checkArgument(questions == expectations.size(), "%s asks %s questions, and %s answers are expected", script.name(), questions, expectations.size());
    }
}
