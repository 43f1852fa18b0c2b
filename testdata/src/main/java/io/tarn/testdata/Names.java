package io.tarn.testdata;

/**
 * Names of people and cities that are put together from syllables, so that they are nobody's.
 */
final class Names
{
    private static final String[] FIRST = {"Al", "Bre", "Co", "Da", "El", "Fi", "Gre", "Ha", "Is", "Jo", "Ke", "Lu", "Ma", "No", "Ol", "Pe", "Ro", "Sa", "Ti", "Va"};
    private static final String[] SECOND = {"bina", "chel", "dric", "fina", "gory", "la", "lina", "mond", "na", "nard", "phie", "ra", "rik", "rin", "sto", "ta", "tine", "vin", "wen", "xa"};
    private static final String[] LAST = {"berry", "brook", "croft", "dale", "den", "field", "gate", "ham", "hurst", "land", "low", "mere", "more", "ridge", "stead", "ton", "wick", "wood", "worth", "yard"};
    private static final String[] CITY = {"Ash", "Birch", "Clay", "Deer", "Elk", "Fern", "Glen", "Hazel", "Iron", "Juniper", "Kestrel", "Lark", "Maple", "North", "Otter", "Pine", "Quail", "Rock", "Stone", "Thorn"};
    private static final String[] SUFFIX = {" Bend", " Creek", " Falls", " Grove", " Hollow", " Junction", " Springs", "burg", "port", "ville"};

    private Names() {}

    static String firstName(Randomness random)
    {
        return random.oneOf(FIRST) + random.oneOf(SECOND);
    }

    static String lastName(Randomness random)
    {
        return random.oneOf(CITY) + random.oneOf(LAST);
    }

    static String city(Randomness random)
    {
        return random.oneOf(CITY) + random.oneOf(LAST) + random.oneOf(SUFFIX);
    }
}
