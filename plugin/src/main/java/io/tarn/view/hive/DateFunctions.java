package io.tarn.view.hive;

import java.util.Optional;
import java.util.regex.Pattern;

import static io.tarn.view.hive.Sql.string;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.VarcharType.VARCHAR;

/**
 * Functions of dates and timestamps. What depends on a time zone takes the session's, where Hive takes that of its
 * server.
 */
final class DateFunctions
{
    // of the letters of Java's SimpleDateFormat, those that mean the same in Trino's format_datetime
    private static final Pattern FORMAT = Pattern.compile("(yyyy|MM|dd|HH|mm|ss|[-/:. _])+");

    private DateFunctions() {}

    static Optional<Sql> translate(Arguments arguments)
    {
        return Optional.ofNullable(switch (arguments.call().name()) {
            case "to_date" -> date(arguments.count(1), 0);
            case "year", "month", "quarter" -> part(arguments, arguments.call().name());
            case "day", "dayofmonth" -> part(arguments, "day");
            case "weekofyear" -> part(arguments, "week");
            case "hour", "minute", "second" -> {
                if (!Types.isTimestamp(arguments.count(1).type(0)) || arguments.get(0).isNull()) {
                    throw arguments.refused("of the type %s: cast it to a timestamp".formatted(arguments.typeName(0)));
                }
                yield new Sql("%s(%s)".formatted(arguments.call().name(), arguments.sql(0)), BIGINT);
            }
            case "date_add" -> new Sql("date_add('day', %s, %s)".formatted(arguments.count(2).integer(1), date(arguments, 0).text()), DATE);
            case "date_sub" -> new Sql("date_add('day', -(%s), %s)".formatted(arguments.count(2).integer(1), date(arguments, 0).text()), DATE);
            case "datediff" -> new Sql("date_diff('day', %s, %s)".formatted(date(arguments.count(2), 1).text(), date(arguments, 0).text()), BIGINT);
            case "last_day" -> new Sql("CAST(last_day_of_month(%s) AS varchar)".formatted(date(arguments.count(1), 0).text()), VARCHAR);
            case "date_format" -> new Sql("format_datetime(%s, %s)".formatted(Casts.asTimestamp(arguments.count(2).place(), moment(arguments, 0)).text(), format(arguments, 1)), VARCHAR);
            case "from_unixtime" -> new Sql("format_datetime(from_unixtime(%s), %s)".formatted(
                    arguments.count(1, 2).integer(0),
                    arguments.size() == 1 ? "'yyyy-MM-dd HH:mm:ss'" : format(arguments, 1)), VARCHAR);
            case "unix_timestamp" -> unixTimestamp(arguments.count(0, 1));
            default -> null;
        });
    }

    private static Sql part(Arguments arguments, String function)
    {
        return new Sql("%s(%s)".formatted(function, date(arguments.count(1), 0).text()), BIGINT);
    }

    private static Sql date(Arguments arguments, int index)
    {
        return Casts.asDate(arguments.place(), moment(arguments, index));
    }

    private static Sql moment(Arguments arguments, int index)
    {
        if (arguments.get(index).isNull()) {
            throw arguments.refused("of NULL");
        }
        return arguments.get(index);
    }

    private static String format(Arguments arguments, int index)
    {
        String format = arguments.literal(index);
        if (!FORMAT.matcher(format).matches()) {
            throw arguments.refused("with the format '%s' (known are yyyy, MM, dd, HH, mm, ss, and - / : . _ and blanks between them)".formatted(format));
        }
        return string(format);
    }

    private static Sql unixTimestamp(Arguments arguments)
    {
        if (arguments.size() == 0) {
            return new Sql("CAST(floor(to_unixtime(current_timestamp)) AS bigint)", BIGINT);
        }
        if (Types.isText(arguments.type(0))) {
            throw arguments.refused("of a string: cast it to a timestamp");
        }
        return new Sql("CAST(floor(to_unixtime(with_timezone(%s, current_timezone()))) AS bigint)".formatted(Casts.asTimestamp(arguments.place(), moment(arguments, 0)).text()), BIGINT);
    }
}
