package io.tarn.testdata;

import java.util.ArrayList;
import java.util.List;

/**
 * States by the digit that their zip codes begin with, and about where their middle is, in hundredths of a degree.
 */
enum State
{
    CT(0, 4160, -7270),
    MA(0, 4230, -7180),
    ME(0, 4540, -6920),
    NH(0, 4370, -7160),
    NJ(0, 4020, -7470),
    PR(0, 1820, -6650),
    RI(0, 4170, -7160),
    VT(0, 4410, -7270),
    DE(1, 3900, -7550),
    NY(1, 4290, -7550),
    PA(1, 4090, -7780),
    DC(2, 3890, -7700),
    MD(2, 3910, -7680),
    NC(2, 3560, -7940),
    SC(2, 3390, -8090),
    VA(2, 3750, -7890),
    WV(2, 3860, -8060),
    AL(3, 3280, -8680),
    FL(3, 2860, -8240),
    GA(3, 3260, -8340),
    MS(3, 3270, -8970),
    TN(3, 3590, -8640),
    IN(4, 3990, -8630),
    KY(4, 3750, -8530),
    MI(4, 4430, -8540),
    OH(4, 4040, -8280),
    IA(5, 4210, -9350),
    MN(5, 4630, -9430),
    MT(5, 4700, -10960),
    ND(5, 4740, -10040),
    SD(5, 4440, -10020),
    WI(5, 4460, -8990),
    IL(6, 4000, -8920),
    KS(6, 3850, -9840),
    MO(6, 3840, -9250),
    NE(6, 4150, -9980),
    AR(7, 3490, -9240),
    LA(7, 3110, -9200),
    OK(7, 3560, -9750),
    TX(7, 3150, -9930),
    AZ(8, 3430, -11170),
    CO(8, 3900, -10550),
    ID(8, 4440, -11460),
    NM(8, 3440, -10610),
    NV(8, 3930, -11660),
    UT(8, 3930, -11170),
    WY(8, 4300, -10760),
    AK(9, 6420, -15240),
    CA(9, 3720, -11950),
    HI(9, 2030, -15640),
    OR(9, 4390, -12060),
    WA(9, 4740, -12040),
    /**/;

    private static final List<List<State>> BY_DIGIT = byDigit();

    private final int digit;
    private final int latitude;
    private final int longitude;

    State(int digit, int latitude, int longitude)
    {
        this.digit = digit;
        this.latitude = latitude;
        this.longitude = longitude;
    }

    int latitude()
    {
        return latitude;
    }

    int longitude()
    {
        return longitude;
    }

    /**
     * The state of a five-digit code: the states of a first digit share its ten thousand codes evenly.
     */
    static State ofZipCode(int code)
    {
        List<State> states = BY_DIGIT.get(code / 10_000);
        return states.get(code % 10_000 * states.size() / 10_000);
    }

    private static List<List<State>> byDigit()
    {
        List<List<State>> states = new ArrayList<>();
        for (int digit = 0; digit < 10; digit++) {
            int first = digit;
            states.add(List.of(values()).stream().filter(state -> state.digit == first).toList());
        }
        return List.copyOf(states);
    }
}
