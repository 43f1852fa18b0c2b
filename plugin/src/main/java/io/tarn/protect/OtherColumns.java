package io.tarn.protect;

/**
 * What becomes of the columns that a rule does not list.
 */
enum OtherColumns
{
    ALLOW,
    DENY,
    /**/
}
