package io.tarn.format.ion;

/**
 * A value that its column's type has no room for, or that is of another type.
 */
final class IonValueException
        extends RuntimeException
{
    /**
     * @param problem as it goes on after the column's name
     */
    IonValueException(String problem)
    {
        super(problem);
    }
}
