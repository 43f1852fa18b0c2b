package io.tarn.format.orc;

import io.trino.orc.metadata.ColumnMetadata;
import io.trino.orc.metadata.StripeInformation;
import io.trino.orc.metadata.statistics.ColumnStatistics;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * @param statistics of the stripe's columns, one for each type of the file
 */
record OrcStripe(StripeInformation information, Optional<ColumnMetadata<ColumnStatistics>> statistics)
{
    OrcStripe
    {
        requireNonNull(information, "information is null");
        requireNonNull(statistics, "statistics is null");
    }

    long offset()
    {
        return information.getOffset();
    }

    long rows()
    {
        return information.getNumberOfRows();
    }

    long footerOffset()
    {
        return information.getOffset() + information.getIndexLength() + information.getDataLength();
    }
}
