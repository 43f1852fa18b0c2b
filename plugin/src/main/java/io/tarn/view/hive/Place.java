package io.tarn.view.hive;

/**
 * Where something stands in a view's text.
 *
 * @param line from 1
 * @param column from 1
 */
record Place(int line, int column)
{
    @Override
    public String toString()
    {
        return "line %s, column %s".formatted(line, column);
    }
}
