package io.tarn.metastore;

/**
 * The names that Glue takes, see Name at https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-tables.html.
 */
final class GlueNames
{
    private static final int MAX_LENGTH = 255;

    private GlueNames() {}

    /**
     * Whether Glue can know something of these names: it does not answer that nothing has a longer one, but fails.
     */
    static boolean canExist(String... names)
    {
        for (String name : names) {
            if (name.length() > MAX_LENGTH) {
                return false;
            }
        }
        return true;
    }
}
