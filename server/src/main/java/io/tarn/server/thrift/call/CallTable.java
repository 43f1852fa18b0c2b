package io.tarn.server.thrift.call;

import com.google.common.collect.ImmutableMap;
import io.tarn.metastore.CallStats;
import org.apache.thrift.TBase;
import org.apache.thrift.TException;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

/**
 * Which methods of the interface are served, and by what. A method is named by the generated class of its arguments,
 * for that class has the method's name in its own.
 */
public final class CallTable
{
    /**
     * Answers one method.
     *
     * @param <A> the method's arguments
     */
    @FunctionalInterface
    public interface Answer<A>
    {
        /**
         * @return what the method gives back, as the generated class of its result has it
         */
        Object answer(A arguments)
                throws TException;
    }

    /**
     * Carries out one method that gives nothing back.
     */
    @FunctionalInterface
    public interface Action<A>
    {
        void run(A arguments)
                throws TException;
    }

    private final Map<String, Call<?>> calls;

    private CallTable(Map<String, Call<?>> calls)
    {
        this.calls = ImmutableMap.copyOf(calls);
    }

    public static Builder builder()
    {
        return new Builder();
    }

    Optional<Call<?>> call(String name)
    {
        return Optional.ofNullable(calls.get(name));
    }

    /**
     * What was asked of each method that is served, by name.
     */
    public Map<String, CallStats> stats()
    {
        ImmutableMap.Builder<String, CallStats> stats = ImmutableMap.builder();
        calls.forEach((name, call) -> stats.put(name, call.stats()));
        return stats.buildOrThrow();
    }

    /**
     * A group of methods that belong together.
     */
    public interface Calls
    {
        void addTo(Builder calls);
    }

    public static final class Builder
    {
        private final Map<String, Call<?>> calls = new LinkedHashMap<>();

        private Builder() {}

        public Builder addAll(Calls group)
        {
            group.addTo(this);
            return this;
        }

        /**
         * A method that changes nothing in the catalogue.
         */
        public <A extends TBase<?, ?>> Builder ask(Class<A> arguments, Answer<A> answer)
        {
            return add(GeneratedCall.of(arguments, answer, false));
        }

        /**
         * A method that changes something in the catalogue, which a read-only server refuses.
         */
        public <A extends TBase<?, ?>> Builder change(Class<A> arguments, Answer<A> answer)
        {
            return add(GeneratedCall.of(arguments, answer, true));
        }

        /**
         * As {@link #change}, for a method that gives nothing back.
         */
        public <A extends TBase<?, ?>> Builder run(Class<A> arguments, Action<A> action)
        {
            return change(arguments, values -> {
                action.run(values);
                return null;
            });
        }

        /**
         * A method that the generated classes no longer have.
         */
        public Builder legacy(Call<?> call)
        {
            return add(call);
        }

        private Builder add(Call<?> call)
        {
            requireNonNull(call, "call is null");
            checkState(calls.put(call.name(), call) == null, "%s is served twice", call.name());
            return this;
        }

        public CallTable build()
        {
            return new CallTable(calls);
        }
    }
}
