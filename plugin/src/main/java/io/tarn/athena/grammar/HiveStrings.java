package io.tarn.athena.grammar;

/**
 * What a string of DDL says. Strings that touch each other are one, so a doubled quote is none at all, and an escape
 * that has no meaning of its own is its second character, as in Hive.
 */
final class HiveStrings
{
    private HiveStrings() {}

    /**
     * @param quoted with its quotes, of either kind
     */
    static String unquote(String quoted)
    {
        StringBuilder text = new StringBuilder(quoted.length());
        int index = 0;
        while (index < quoted.length()) {
            char quote = quoted.charAt(index);
            index++;
            while (quoted.charAt(index) != quote) {
                char character = quoted.charAt(index);
                if (character == '\\') {
                    index = unescape(quoted, index + 1, text);
                }
                else {
                    text.append(character);
                    index++;
                }
            }
            index++;
        }
        return text.toString();
    }

    /**
     * @param index of what follows the backslash
     * @return the index after the escape
     */
    private static int unescape(String quoted, int index, StringBuilder text)
    {
        char character = quoted.charAt(index);
        if (character == 'u') {
            int code = number(quoted, index + 1, 4, 16);
            if (code >= 0) {
                text.append((char) code);
                return index + 5;
            }
        }
        if (character == '0' || character == '1') {
            int code = number(quoted, index, 3, 8);
            if (code >= 0) {
                text.append((char) code);
                return index + 3;
            }
        }
        switch (character) {
            case '0' -> text.append('\0');
            case 'b' -> text.append('\b');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'Z' -> text.append('\u001A');
            // the patterns of LIKE keep their backslash
            case '%', '_' -> text.append('\\').append(character);
            default -> text.append(character);
        }
        return index + 1;
    }

    private static int number(String quoted, int start, int length, int radix)
    {
        if (start + length >= quoted.length()) {
            return -1;
        }
        int value = 0;
        for (int index = start; index < start + length; index++) {
            int digit = Character.digit(quoted.charAt(index), radix);
            if (digit < 0 || quoted.charAt(index) > 'f') {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
