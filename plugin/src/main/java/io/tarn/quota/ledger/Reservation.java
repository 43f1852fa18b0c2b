package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * What became of a request for a reservation.
 */
public sealed interface Reservation
{
    record Granted(List<Crossing> crossings)
            implements Reservation
    {
        public Granted
        {
            crossings = ImmutableList.copyOf(crossings);
        }
    }

    /**
     * Nothing was changed.
     *
     * @param account the first whose limit would have been passed
     * @param others what all other queries have used and reserved of it
     */
    record Refused(Account account, Balance others)
            implements Reservation
    {
        public Refused
        {
            requireNonNull(account, "account is null");
            requireNonNull(others, "others is null");
        }
    }
}
