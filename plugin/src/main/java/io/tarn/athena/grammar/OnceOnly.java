package io.tarn.athena.grammar;

import org.antlr.v4.runtime.ParserRuleContext;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A clause that may stand anywhere, but once.
 */
final class OnceOnly<T>
{
    private final String name;
    private final SyntaxErrors errors;
    private T value;

    OnceOnly(String name, SyntaxErrors errors)
    {
        this.name = requireNonNull(name, "name is null");
        this.errors = requireNonNull(errors, "errors is null");
    }

    void set(ParserRuleContext context, T value)
    {
        if (this.value != null) {
            throw errors.at(context, name + " is written twice");
        }
        this.value = requireNonNull(value, "value is null");
    }

    Optional<T> value()
    {
        return Optional.ofNullable(value);
    }
}
