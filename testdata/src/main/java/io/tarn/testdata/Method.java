package io.tarn.testdata;

enum Method
{
    GET,
    PUT,
    DELETE,
    /**/;

    static Method atPercent(int percent)
    {
        if (percent < 97) {
            return GET;
        }
        return percent < 99 ? PUT : DELETE;
    }
}
