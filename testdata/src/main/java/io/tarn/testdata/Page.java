package io.tarn.testdata;

/**
 * The pages of the shop, and how often each is asked for among a hundred requests.
 */
enum Page
{
    FISH_FEEDERS("Fish/Feeders", 6),
    CATS_DRY_FOOD("Cats/DryFood", 11),
    BIRD_ETC("Bird/Etc", 4),
    DOGS_DRY_FOOD("Dogs/DryFood", 14),
    DOGS_CANNED_FOOD("Dogs/CannedFood", 12),
    FISH_PLANT_CARE("Fish/PlantCare", 3),
    FISH_FOOD("Fish/Food", 7),
    CATS_WET_FOOD("Cats/WetFood", 13),
    BIRD_TREATS("Bird/Treats", 5),
    BIRD_FOOD("Bird/Food", 6),
    DOGS_FOOD_TOPPERS("Dogs/FoodToppers", 8),
    CATS_TREATS("Cats/Treats", 11),
    /**/;

    private static final Page[] PAGES = values();
    private static final byte[] BY_PERCENT = byPercent();

    private final String path;
    private final int percent;

    Page(String path, int percent)
    {
        this.path = path;
        this.percent = percent;
    }

    /**
     * As {@code Cats/Treats}.
     */
    String path()
    {
        return path;
    }

    static Page atPercent(int percent)
    {
        return PAGES[BY_PERCENT[percent]];
    }

    private static byte[] byPercent()
    {
        byte[] pages = new byte[100];
        int position = 0;
        for (Page page : values()) {
            for (int count = 0; count < page.percent; count++) {
                pages[position++] = (byte) page.ordinal();
            }
        }
        return pages;
    }
}
