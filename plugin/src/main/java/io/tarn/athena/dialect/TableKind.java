package io.tarn.athena.dialect;

/**
 * What a name stands for in the catalogue, as far as the translation of a statement depends on it.
 */
public enum TableKind
{
    HIVE,
    ICEBERG,
    DELTA_LAKE,
    HUDI,
    VIEW,
    /**
     * There is nothing of that name.
     */
    NONE,
    /**/
}
