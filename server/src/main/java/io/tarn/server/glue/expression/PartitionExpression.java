package io.tarn.server.glue.expression;

import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * The {@code Expression} of Glue's {@code GetPartitions}: AND, OR, NOT, parentheses, {@code = <> != < <= > >=}, IN,
 * BETWEEN, LIKE, IS NULL, each also negated, over the table's partition keys and literals. Values compare by the key's
 * declared type. A value of {@value #NULL_VALUE} is null; a literal of it in {@code =} and {@code <>} asks for null.
 */
public final class PartitionExpression
{
    /**
     * What Hive writes for null in partition values.
     */
    public static final String NULL_VALUE = "__HIVE_DEFAULT_PARTITION__";
    public static final int MAX_LENGTH = 2048;

    private final Condition condition;

    private PartitionExpression(Condition condition)
    {
        this.condition = requireNonNull(condition, "condition is null");
    }

    /**
     * A partition key of the table.
     *
     * @param type as the catalogue declares it
     */
    public record Key(String name, String type)
    {
        public Key
        {
            requireNonNull(name, "name is null");
            requireNonNull(type, "type is null");
        }
    }

    /**
     * @param keys the table's partition keys, in order
     * @throws ExpressionException where the text is not an expression over these keys, with the position
     */
    public static PartitionExpression parse(String text, List<Key> keys)
    {
        if (text.length() > MAX_LENGTH) {
            throw new ExpressionException("The expression is %s characters long, the limit is %s".formatted(text.length(), MAX_LENGTH));
        }
        return new PartitionExpression(new ExpressionParser(text, keys).parse());
    }

    /**
     * @param values of a partition, one for each key
     * @throws ExpressionException where a value is not of its key's declared type
     */
    public boolean matches(List<String> values)
    {
        checkArgument(!values.isEmpty(), "values is empty");
        return new Evaluation(values).of(condition) == Truth.TRUE;
    }

    Condition condition()
    {
        return condition;
    }
}
