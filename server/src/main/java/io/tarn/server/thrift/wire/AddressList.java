package io.tarn.server.thrift.wire;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses may connect.
 */
public final class AddressList
{
    private final List<Range> ranges;

    private AddressList(List<Range> ranges)
    {
        this.ranges = ImmutableList.copyOf(ranges);
    }

    /**
     * @param ranges addresses, as {@code 10.1.2.3} or {@code ::1}, and ranges of them, as {@code 10.0.0.0/8}; none of
     *         them for everybody
     * @throws IllegalArgumentException that names what is neither
     */
    public static AddressList parse(List<String> ranges)
    {
        return new AddressList(ranges.stream()
                .map(String::strip)
                .filter(range -> !range.isEmpty())
                .map(Range::parse)
                .toList());
    }

    public boolean allows(InetAddress address)
    {
        return ranges.isEmpty() || ranges.stream().anyMatch(range -> range.contains(address.getAddress()));
    }

    private record Range(byte[] address, int bits)
    {
        static Range parse(String text)
        {
            int slash = text.indexOf('/');
            try {
                byte[] address = InetAddresses.forString(slash < 0 ? text : text.substring(0, slash)).getAddress();
                int bits = slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1));
                if (bits >= 0 && bits <= address.length * 8) {
                    return new Range(address, bits);
                }
            }
            catch (IllegalArgumentException e) {
                // the same answer as for a length out of range
            }
            throw new IllegalArgumentException("'%s' is no address and no range of addresses: write it as 10.1.2.3, 10.0.0.0/8 or fd00::/8".formatted(text));
        }

        boolean contains(byte[] other)
        {
            if (other.length != address.length) {
                return false;
            }
            int whole = bits / 8;
            if (!Arrays.equals(address, 0, whole, other, 0, whole)) {
                return false;
            }
            int rest = bits % 8;
            return rest == 0 || ((address[whole] ^ other[whole]) & 0xFF) >> (8 - rest) == 0;
        }
    }
}
