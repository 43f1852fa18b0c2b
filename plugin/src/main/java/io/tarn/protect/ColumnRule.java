package io.tarn.protect;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.trino.plugin.base.security.ColumnConstraint;
import io.trino.plugin.base.security.ExpressionEnvironment;

import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What a rule says of a column.
 *
 * @param mask the expression that is read in the column's place
 */
record ColumnRule(
        @JsonProperty("name") String name,
        @JsonProperty("allow") Optional<Boolean> allow,
        @JsonProperty("mask") Optional<String> mask,
        @JsonProperty("mask_environment") Optional<ExpressionEnvironment> maskEnvironment)
{
    ColumnRule
    {
        checkArgument(name != null, "has no name: name the column that it is about");
        RuleText.verifyLowerCase(name, "name", "column");
        mask.ifPresent(expression -> RuleText.verifyExpression(expression, "mask"));
    }

    boolean isDenied()
    {
        return !allow.orElse(true);
    }

    ColumnConstraint toTrino()
    {
        return new ColumnConstraint(name, allow, mask, maskEnvironment);
    }
}
