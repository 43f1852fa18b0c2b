package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.Uninterruptibles;
import io.airlift.concurrent.BoundedExecutor;
import io.tarn.error.TarnErrorCode;
import io.tarn.format.ReadEstimate;
import io.tarn.scan.ScanGroup;
import io.tarn.scan.ScanUnit;
import io.trino.spi.TrinoException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestEstimatedGroups
{
    private static final int CONCURRENCY = 3;
    private static final int AHEAD = 6;

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void stop()
    {
        executor.shutdownNow();
    }

    @Test
    void groupsKeepTheirOrderAndAddUp()
    {
        List<ScanGroup> groups = IntStream.range(0, 50).mapToObj(index -> group(1 + index % 4)).collect(toImmutableList());
        List<EstimatedGroup> estimated = ImmutableList.copyOf(estimated(groups.iterator(), OptionalLong.empty(), unit -> new ReadEstimate(unit.length(), OptionalLong.of(2), unit.start() == 0)));
        assertThat(estimated).extracting(EstimatedGroup::group).isEqualTo(groups);
        assertThat(estimated).allSatisfy(group -> {
            assertThat(group.bytes()).isEqualTo(group.group().length());
            assertThat(group.rows()).hasValue(2L * group.group().units().size());
            assertThat(group.exact()).isEqualTo(group.group().units().size() == 1);
        });
    }

    @Test
    void rowsOfOneUnknownUnitAreUnknownOfAll()
    {
        EstimatedGroups groups = estimated(List.of(group(3)).iterator(), OptionalLong.empty(), unit -> new ReadEstimate(5, unit.start() == 1 ? OptionalLong.empty() : OptionalLong.of(7), true));
        assertThat(groups.next()).extracting(EstimatedGroup::bytes, EstimatedGroup::rows).containsExactly(15L, OptionalLong.empty());
    }

    @Test
    void severalAreAskedAtOnceButNotMore()
            throws InterruptedException
    {
        CountDownLatch allBusy = new CountDownLatch(CONCURRENCY);
        AtomicInteger busy = new AtomicInteger();
        AtomicInteger mostBusy = new AtomicInteger();
        List<ScanGroup> groups = IntStream.range(0, 40).mapToObj(_ -> group(1)).collect(toImmutableList());
        EstimatedGroups estimated = estimated(groups.iterator(), OptionalLong.empty(), _ -> {
            mostBusy.accumulateAndGet(busy.incrementAndGet(), Math::max);
            allBusy.countDown();
            // passes only where others are asked meanwhile
            Uninterruptibles.awaitUninterruptibly(allBusy);
            busy.decrementAndGet();
            return new ReadEstimate(1, OptionalLong.of(1), true);
        });
        assertThat(ImmutableList.copyOf(estimated)).hasSize(40);
        assertThat(mostBusy).hasValue(CONCURRENCY);
    }

    @Test
    void noMoreIsBegunThanIsNeededSoon()
    {
        List<Integer> taken = new ArrayList<>();
        Iterator<ScanGroup> groups = IntStream.range(0, 1000).boxed().map(index -> {
            taken.add(index);
            return group(2);
        }).iterator();
        EstimatedGroups estimated = estimated(groups, OptionalLong.empty(), _ -> new ReadEstimate(1, OptionalLong.of(1), true));
        estimated.next();
        estimated.next();
        assertThat(taken).hasSizeLessThanOrEqualTo(AHEAD + 2);
    }

    @Test
    void whatFailsInTheListingFailsBehindTheGroupsBeforeIt()
    {
        Iterator<ScanGroup> groups = IntStream.range(0, 10).mapToObj(index -> {
            if (index == 3) {
                throw new TrinoException(TarnErrorCode.TARN_STORAGE_ERROR, "listing failed");
            }
            return group(1);
        }).iterator();
        EstimatedGroups estimated = estimated(groups, OptionalLong.empty(), _ -> new ReadEstimate(1, OptionalLong.of(1), true));
        for (int index = 0; index < 3; index++) {
            assertThat(estimated.next().bytes()).isEqualTo(1);
        }
        assertThatThrownBy(estimated::hasNext).isInstanceOf(TrinoException.class).hasMessage("listing failed");
    }

    @Test
    void underALimitFilesAreAskedUntilTheirRowsAreEnough()
    {
        EstimatedGroup known = estimated(List.of(group(10)).iterator(), OptionalLong.of(25), _ -> new ReadEstimate(100, OptionalLong.of(10), true)).next();
        assertThat(known).extracting(EstimatedGroup::bytes, EstimatedGroup::rows).containsExactly(300L, OptionalLong.of(30));
        assertThat(asked).hasValue(3);

        EstimatedGroup unknown = estimated(List.of(group(10)).iterator(), OptionalLong.of(25), _ -> new ReadEstimate(100, OptionalLong.empty(), false)).next();
        assertThat(unknown).extracting(EstimatedGroup::bytes, EstimatedGroup::rows).containsExactly(1000L, OptionalLong.empty());
    }

    @Test
    void closedAsksNoMore()
    {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        EstimatedGroups estimated = estimated(List.of(group(500)).iterator(), OptionalLong.empty(), _ -> {
            begun.countDown();
            Uninterruptibles.awaitUninterruptibly(release);
            return new ReadEstimate(1, OptionalLong.of(1), true);
        });
        executor.execute(() -> {
            Uninterruptibles.awaitUninterruptibly(begun);
            estimated.close();
            release.countDown();
        });
        assertThat(estimated.hasNext()).isFalse();
        assertThatThrownBy(estimated::next).isInstanceOf(NoSuchElementException.class);
        assertThat(asked.get()).isLessThanOrEqualTo(CONCURRENCY);
    }

    private EstimatedGroups estimated(Iterator<ScanGroup> groups, OptionalLong limit, Function<ScanUnit, ReadEstimate> estimate)
    {
        Function<ScanUnit, ReadEstimate> counted = unit -> {
            asked.incrementAndGet();
            return estimate.apply(unit);
        };
        return new EstimatedGroups(groups, _ -> counted, limit, new BoundedExecutor(executor, CONCURRENCY), AHEAD);
    }

    private static ScanGroup group(int units)
    {
        return new ScanGroup(List.of(), List.of(), IntStream.range(0, units).mapToObj(index -> new ScanUnit("s3://lake/file", index, 10 + index, 1000, 0, 0, OptionalInt.empty())).toList());
    }
}
