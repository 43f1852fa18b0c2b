package io.tarn.testdata;

import static java.lang.String.format;
import static java.util.Locale.ENGLISH;

/**
 * One customer, who does not exist. Any profile can be made without those before it.
 *
 * @param phone of the numbers 555-0100 to 555-0199, which are kept for fiction
 * @param card a number that payment networks publish for tests
 * @param socialSecurityNumber of area 000 or 900 to 999 and group 00, none of which is ever issued
 */
record Profile(
        String firstName,
        String lastName,
        String username,
        String email,
        String gender,
        int address,
        String phone,
        int zipIndex,
        String zip,
        String card,
        String password,
        String socialSecurityNumber,
        int age)
{
    private static final String HEADER = "first_name,last_name,username,email,gender,ip_address,phone,zip,cc,password,ssn,age";
    private static final long STREAM = 2L << 40;
    private static final String[] DOMAINS = {"example.com", "example.net", "example.org"};
    private static final String[] CARDS = {
            "4111111111111111", "4242424242424242", "4012888888881881", "5555555555554444",
            "5105105105105100", "378282246310005", "6011111111111117", "3530111333300000",
    };
    private static final String LETTERS = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    static Profile of(long seed, int index, int zipCodes)
    {
        Randomness random = new Randomness(seed, STREAM + index);
        String firstName = Names.firstName(random);
        String lastName = Names.lastName(random);
        String username = (firstName.charAt(0) + lastName).toLowerCase(ENGLISH) + index;
        int zipIndex = random.below(zipCodes);
        return new Profile(
                firstName,
                random.oneIn(50) ? lastName + ", Jr." : lastName,
                username,
                username + "@" + random.oneOf(DOMAINS),
                random.below(100) < 52 ? "Female" : "Male",
                Activity.PRIVATE_NETWORK | random.below(1 << 24),
                format(ENGLISH, "%03d-555-01%02d", 200 + random.below(700), random.below(100)),
                zipIndex,
                ZipCode.text(ZipCode.code(zipIndex, zipCodes)),
                random.oneOf(CARDS),
                password(random),
                format(ENGLISH, "%03d-00-%04d", random.oneIn(10) ? 0 : 900 + random.below(100), random.below(10_000)),
                18 + (random.below(37) + random.below(37)));
    }

    static void writeHeader(RowBuffer buffer)
    {
        buffer.append(HEADER).append('\n');
    }

    void write(RowBuffer buffer)
    {
        field(buffer, firstName).append(',');
        field(buffer, lastName).append(',');
        buffer.append(username).append(',')
                .append(email).append(',')
                .append(gender).append(',');
        Activity.appendAddress(buffer, address).append(',')
                .append(phone).append(',')
                .append(zip).append(',')
                .append(card).append(',');
        field(buffer, password).append(',')
                .append(socialSecurityNumber).append(',')
                .append(age).append('\n');
    }

    private static RowBuffer field(RowBuffer buffer, String value)
    {
        if (value.indexOf(',') < 0) {
            return buffer.append(value);
        }
        return buffer.append('"').append(value).append('"');
    }

    private static String password(Randomness random)
    {
        StringBuilder password = new StringBuilder();
        int length = 8 + random.below(5);
        for (int index = 0; index < length; index++) {
            password.append(LETTERS.charAt(random.below(LETTERS.length())));
        }
        if (random.oneIn(40)) {
            password.setCharAt(length / 2, ',');
        }
        return password.toString();
    }
}
