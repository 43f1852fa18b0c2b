package io.tarn.quota;

import static java.util.Objects.requireNonNull;

/**
 * Why a query may not run, or not go on.
 *
 * @param limit which limit of which workgroup, what is left of it and until when, as a sentence
 * @param lasting false where running queries may still give back what is missing
 */
record Refusal(String limit, boolean lasting)
{
    Refusal
    {
        requireNonNull(limit, "limit is null");
    }
}
