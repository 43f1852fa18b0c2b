package io.tarn.view.hive;

import static java.util.Objects.requireNonNull;

/**
 * A construct of Hive's whose meaning in Trino is unknown, or not the same.
 */
final class UntranslatableException
        extends RuntimeException
{
    private final Place place;

    /**
     * @param message what it is and why, as a sentence without its end
     */
    UntranslatableException(Place place, String message)
    {
        super(message);
        this.place = requireNonNull(place, "place is null");
    }

    Place place()
    {
        return place;
    }
}
