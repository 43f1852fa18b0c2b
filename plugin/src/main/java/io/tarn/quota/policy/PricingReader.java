package io.tarn.quota.policy;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Reads prices; what they leave out they have from those around them.
 */
final class PricingReader
{
    private static final int MAX_CURRENCY = 16;
    private static final BigDecimal MAX_PER_TERABYTE = new BigDecimal("1000000");
    private static final int MAX_DECIMALS = 9;
    // billing a query for more than a terabyte that it has not scanned is a slip of the unit
    private static final long MAX_BILLING_BYTES = 1L << 40;

    private PricingReader() {}

    static Pricing read(PolicyNode node, Pricing outer)
    {
        if (!node.isObject("currency", "perTerabyte", "minimum", "rounding")) {
            return outer;
        }
        Optional<String> currency = node.member("currency").flatMap(PricingReader::currency);
        Optional<BigDecimal> perTerabyte = node.member("perTerabyte").flatMap(PricingReader::perTerabyte);
        Optional<Long> minimum = node.member("minimum").flatMap(value -> value.bytes(text -> billingBytes(Amounts.bytes(text))));
        Optional<Long> rounding = node.member("rounding").flatMap(value -> value.bytes(text -> billingBytes(Amounts.positiveBytes(text))));
        return new Pricing(
                currency.orElse(outer.currency()),
                perTerabyte.orElse(outer.perTerabyte()),
                minimum.orElse(outer.minimumBytes()),
                rounding.orElse(outer.roundingBytes()));
    }

    private static Optional<String> currency(PolicyNode node)
    {
        String allowed = "a currency of 1 to %s characters without blanks, such as \"USD\"".formatted(MAX_CURRENCY);
        Optional<String> currency = node.text(allowed);
        if (currency.isPresent() && (currency.get().length() > MAX_CURRENCY || currency.get().chars().anyMatch(PricingReader::isInvisible))) {
            node.refuse(allowed);
            return Optional.empty();
        }
        return currency;
    }

    private static Optional<BigDecimal> perTerabyte(PolicyNode node)
    {
        return node.convert(node.number("a number, such as 5.00"), price -> {
            if (price.signum() < 0 || price.compareTo(MAX_PER_TERABYTE) > 0 || price.stripTrailingZeros().scale() > MAX_DECIMALS) {
                throw new IllegalArgumentException("a price from 0 to %s with at most %s decimals".formatted(MAX_PER_TERABYTE.toPlainString(), MAX_DECIMALS));
            }
            return price.stripTrailingZeros();
        });
    }

    private static long billingBytes(long bytes)
    {
        if (bytes > MAX_BILLING_BYTES) {
            throw new IllegalArgumentException("at most 1TB");
        }
        return bytes;
    }

    private static boolean isInvisible(int character)
    {
        return Character.isWhitespace(character) || Character.isISOControl(character);
    }
}
