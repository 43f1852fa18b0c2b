package io.tarn.format;

import io.tarn.error.TarnErrorCode;
import io.trino.spi.TrinoException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What an error of Tarn's says.
 */
public final class TarnErrorAssertions
{
    private TarnErrorAssertions() {}

    /**
     * @param parts of the message
     */
    public static void assertTarnError(ThrowingCallable read, TarnErrorCode code, String... parts)
    {
        assertThatThrownBy(read)
                .isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).as(e.getMessage()).isEqualTo(code.toErrorCode()))
                .message()
                .contains(parts);
    }
}
