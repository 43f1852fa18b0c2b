package io.tarn.relay;

/**
 * Sees what passes a {@link Relay}, and decides what does not. Its methods are called by one thread for each connection.
 */
public interface Witness
{
    enum Verdict
    {
        /**
         * Passes as it is.
         */
        SERVED,
        /**
         * Has its effect, but who asked does not hear of it.
         */
        UNANSWERED,
        /**
         * As {@link #UNANSWERED}, but for the first half of the answer.
         */
        CUT,
        /**
         * Never arrives.
         */
        LOST,
        /**
         * Does not arrive either, and gets a {@link Witness#refusal}.
         */
        REFUSED,
    }

    /**
     * Before a request is passed on, when all of it has been received.
     */
    default Verdict judge(RelayedRequest request)
    {
        return Verdict.SERVED;
    }

    /**
     * What is answered in the service's place: a whole response of HTTP/1.1.
     */
    default String refusal(RelayedRequest request)
    {
        throw new UnsupportedOperationException("No answer to " + request);
    }

    /**
     * When the service has done what was asked and nothing of its answer has been passed on.
     */
    default void answered(RelayedRequest request, int status) {}

    /**
     * When some bytes of the body of an answer have been passed on.
     */
    default void passed(RelayedRequest request, int status, int bytes) {}
}
