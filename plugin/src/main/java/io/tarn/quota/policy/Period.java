package io.tarn.quota.policy;

/**
 * How long a budget lasts before it starts anew, on the calendar of its time zone. Weeks start on Monday (ISO 8601).
 */
public enum Period
{
    HOUR,
    DAY,
    WEEK,
    MONTH,
    /**/
}
