package io.tarn.metastore;

import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.glue.model.GlueRequest;
import software.amazon.awssdk.services.glue.model.GlueResponse;

import java.util.Arrays;

/**
 * Remembers of a call whether one of its attempts may have been carried out without an answer that arrived: then a
 * failure of a later attempt, or of a part of it, may be the earlier one's doing.
 */
final class LostAnswers
        implements ExecutionInterceptor
{
    private static final ExecutionAttribute<Boolean> UNDERWAY = new ExecutionAttribute<>("TarnAttemptUnderway");
    private static final ExecutionAttribute<Boolean> LOST = new ExecutionAttribute<>("TarnAnswerLost");
    // an answer has no place of its own for what its client knows of it
    private static final String LOST_HEADER = "x-tarn-earlier-answer-lost";

    /**
     * Whether what the failed call asked for may have been done by one of its attempts.
     */
    static boolean maybeDone(SdkException failure)
    {
        return Arrays.stream(failure.getSuppressed()).anyMatch(LostAnswer.class::isInstance);
    }

    /**
     * Whether some of what the answered call asked for may have been done by an attempt before the one that was answered.
     */
    static boolean maybeDone(GlueResponse answer)
    {
        return answer.sdkHttpResponse().firstMatchingHeader(LOST_HEADER).isPresent();
    }

    /**
     * What is to be asked again after a call has failed, so that it is known of the next call, too, that an attempt of
     * this one may have been carried out.
     */
    static GlueRequest again(GlueRequest request, SdkException failure)
    {
        if (!maybeDone(failure)) {
            return request;
        }
        GlueRequest.Builder builder = request.toBuilder();
        builder.overrideConfiguration(request.overrideConfiguration()
                .map(AwsRequestOverrideConfiguration::toBuilder)
                .orElseGet(AwsRequestOverrideConfiguration::builder)
                .putExecutionAttribute(LOST, true)
                .build());
        return builder.build();
    }

    /**
     * Says of a failure what was known of an earlier call for the same.
     */
    static void mark(SdkException failure)
    {
        if (!maybeDone(failure)) {
            failure.addSuppressed(new LostAnswer());
        }
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
        int status = context.httpResponse().statusCode();
        // another attempt after a success is made where its answer could not be read to the end
        attributes.putAttribute(UNDERWAY, status < 400 || status >= 500);
    }

    @Override
    public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes)
    {
        if (Boolean.TRUE.equals(attributes.getAttribute(LOST))) {
            return context.httpResponse().toBuilder().putHeader(LOST_HEADER, "true").build();
        }
        return context.httpResponse();
    }

    @Override
    public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes)
    {
        // the last attempt may be the one that was carried out
        if (Boolean.TRUE.equals(attributes.getAttribute(LOST)) || Boolean.TRUE.equals(attributes.getAttribute(UNDERWAY))) {
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
