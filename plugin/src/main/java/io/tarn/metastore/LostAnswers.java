package io.tarn.metastore;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

import java.util.Arrays;

/**
 * Remembers of a call whether one of its attempts may have been carried out without an answer that arrived: then a
 * failure of a later attempt may be the earlier one's doing.
 */
final class LostAnswers
        implements ExecutionInterceptor
{
    private static final ExecutionAttribute<Boolean> UNDERWAY = new ExecutionAttribute<>("TarnAttemptUnderway");
    private static final ExecutionAttribute<Boolean> LOST = new ExecutionAttribute<>("TarnAnswerLost");

    /**
     * Whether what the failed call asked for may have been done by one of its attempts.
     */
    static boolean maybeDone(SdkException failure)
    {
        return Arrays.stream(failure.getSuppressed()).anyMatch(LostAnswer.class::isInstance);
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes)
    {
        if (Boolean.TRUE.equals(attributes.getAttribute(UNDERWAY))) {
            attributes.putAttribute(LOST, true);
        }
        attributes.putAttribute(UNDERWAY, true);
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes)
    {
        attributes.putAttribute(UNDERWAY, false);
        int status = context.httpResponse().statusCode();
        // another attempt after a success is made where its answer could not be read to the end
        if (status < 400 || status >= 500) {
            attributes.putAttribute(LOST, true);
        }
    }

    @Override
    public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes)
    {
        if (Boolean.TRUE.equals(attributes.getAttribute(LOST))) {
            context.exception().addSuppressed(new LostAnswer());
        }
        return context.exception();
    }

    private static final class LostAnswer
            extends Exception
    {
        private LostAnswer()
        {
            super("An earlier attempt may have been carried out", null, false, false);
        }
    }
}
