package io.tarn.athena.grammar;

import com.google.common.collect.ImmutableList;
import io.tarn.athena.grammar.AthenaDdlParser.AnyNameContext;
import io.tarn.athena.grammar.AthenaDdlParser.PartitionColumnContext;
import io.tarn.athena.grammar.AthenaDdlParser.PartitionFieldContext;
import io.tarn.athena.grammar.AthenaDdlParser.PartitionIdentityContext;
import io.tarn.athena.grammar.AthenaDdlParser.PartitionTransformContext;
import io.tarn.athena.grammar.AthenaDdlParser.PartitionedByContext;
import io.tarn.athena.statement.ColumnDefinition;
import io.tarn.athena.statement.PartitionTransform;
import io.tarn.athena.statement.PartitionTransform.Kind;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * What stands in PARTITIONED BY: columns of their own in Hive's tables, or what is made of columns in Iceberg's.
 */
record PartitionFields(List<ColumnDefinition> columns, List<PartitionTransform> transforms)
{
    static PartitionFields read(PartitionedByContext context, SyntaxErrors errors)
    {
        ImmutableList.Builder<ColumnDefinition> columns = ImmutableList.builder();
        ImmutableList.Builder<PartitionTransform> transforms = ImmutableList.builder();
        boolean typed = context.partitionField(0) instanceof PartitionColumnContext;
        Names names = new Names(errors);
        for (PartitionFieldContext field : context.partitionField()) {
            if (field instanceof PartitionColumnContext != typed) {
                throw errors.at(field, "PARTITIONED BY has either columns with their types, or Iceberg's columns and transforms of the table, not both");
            }
            switch (field) {
                case PartitionColumnContext column -> columns.add(new ColumnDefinition(
                        names.name(column.columnName()),
                        new DataTypes(errors).type(column.type()),
                        Clauses.optional(column.text())));
                case PartitionIdentityContext identity -> transforms.add(new PartitionTransform(Kind.IDENTITY, names.name(identity.columnName()), OptionalInt.empty()));
                case PartitionTransformContext transform -> transforms.add(transform(transform, errors));
                default -> throw new IllegalArgumentException("not a partition field: " + field.getClass().getSimpleName());
            }
        }
        return new PartitionFields(columns.build(), transforms.build());
    }

    private static PartitionTransform transform(PartitionTransformContext context, SyntaxErrors errors)
    {
        Kind kind = switch (context.word().getText().toLowerCase(Locale.ENGLISH)) {
            case "year", "years" -> Kind.YEAR;
            case "month", "months" -> Kind.MONTH;
            case "day", "days" -> Kind.DAY;
            case "hour", "hours" -> Kind.HOUR;
            case "bucket" -> Kind.BUCKET;
            case "truncate" -> Kind.TRUNCATE;
            default -> throw errors.at(context, "unknown transform " + SyntaxErrors.shown(context.word().getText()) + "; there are year, month, day, hour, bucket and truncate");
        };
        List<AnyNameContext> arguments = context.anyName();
        if (arguments.size() != (kind.hasArgument() ? 2 : 1)) {
            throw errors.at(context, kind.hasArgument() ?
                    "expected a number and a column, as in bucket(16, id)" :
                    "expected one column, as in day(ts)");
        }
        Names names = new Names(errors);
        if (!kind.hasArgument()) {
            return new PartitionTransform(kind, names.name(arguments.getFirst()), OptionalInt.empty());
        }
        // both orders are in use: the guide has truncate(column, length) beside bucket(number, column)
        AnyNameContext number = arguments.get(arguments.getFirst().INTEGER() != null ? 0 : 1);
        AnyNameContext column = arguments.get(arguments.getFirst().INTEGER() != null ? 1 : 0);
        if (number.INTEGER() == null) {
            throw errors.at(context, "expected a number and a column, as in bucket(16, id)");
        }
        String digits = number.getText();
        long value = digits.length() > 10 ? Long.MAX_VALUE : Long.parseLong(digits);
        if (value < 1 || value > Integer.MAX_VALUE) {
            throw errors.at(number, "the number of a transform must be between 1 and " + Integer.MAX_VALUE);
        }
        return new PartitionTransform(kind, names.name(column), OptionalInt.of((int) value));
    }
}
