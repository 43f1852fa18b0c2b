package io.tarn.clients.hive;

import io.tarn.clients.LocalEngine;
import org.apache.hadoop.hive.metastore.IMetaStoreClient;
import org.apache.hadoop.hive.metastore.LockComponentBuilder;
import org.apache.hadoop.hive.metastore.LockRequestBuilder;
import org.apache.hadoop.hive.metastore.api.LockComponent;
import org.apache.hadoop.hive.metastore.api.LockRequest;
import org.apache.hadoop.hive.metastore.api.LockResponse;
import org.apache.hadoop.hive.metastore.api.LockState;
import org.apache.hadoop.hive.metastore.api.NoSuchLockException;
import org.apache.hadoop.hive.metastore.api.NoSuchTxnException;
import org.apache.hadoop.hive.metastore.api.ShowLocksRequest;
import org.apache.hadoop.hive.metastore.api.ShowLocksResponseElement;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hive.HiveCatalog;
import org.apache.iceberg.types.Types.LongType;
import org.apache.thrift.TException;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Hive's locks, from the first request to the end of one whose client is gone.
 */
final class TestMetastoreLocks
{
    private static final String DATABASE = "locks";

    private final LocalEngine engine = SharedEngine.engine();

    @Test
    void testStates()
            throws Exception
    {
        try (HiveClient first = HiveClient.connect(engine.metastore());
                HiveClient second = HiveClient.connect(engine.metastore())) {
            LockResponse held = first.calls().lock(exclusive("states"));
            assertThat(held.getState()).isEqualTo(LockState.ACQUIRED);
            LockResponse waiting = second.calls().lock(exclusive("STATES"));
            assertThat(waiting.getState()).isEqualTo(LockState.WAITING);
            LockResponse last = first.calls().lock(exclusive("states"));
            // another table is free
            LockResponse other = second.calls().lock(exclusive("other"));
            assertThat(other.getState()).isEqualTo(LockState.ACQUIRED);
            second.calls().unlock(other.getLockid());

            first.calls().heartbeat(0, held.getLockid());
            assertThat(second.calls().checkLock(waiting.getLockid()).getState()).isEqualTo(LockState.WAITING);
            assertThat(locks(first.calls(), "states")).extracting(ShowLocksResponseElement::getLockid)
                    .containsExactlyInAnyOrder(held.getLockid(), waiting.getLockid(), last.getLockid());
            assertThat(locks(first.calls(), "states")).filteredOn(lock -> lock.getLockid() == waiting.getLockid()).singleElement()
                    .satisfies(lock -> assertThat(lock.getState()).isEqualTo(LockState.WAITING))
                    .satisfies(lock -> assertThat(lock.getBlockedByExtId()).isEqualTo(held.getLockid()));

            first.calls().unlock(held.getLockid());
            // in the order in which they were asked for
            assertThat(first.calls().checkLock(last.getLockid()).getState()).isEqualTo(LockState.WAITING);
            assertThat(second.calls().checkLock(waiting.getLockid()).getState()).isEqualTo(LockState.ACQUIRED);
            // one that waits can be given up
            first.calls().unlock(last.getLockid());
            second.calls().unlock(waiting.getLockid());
            assertThat(locks(first.calls(), "states")).isEmpty();

            assertThatThrownBy(() -> first.calls().unlock(held.getLockid())).isInstanceOf(NoSuchLockException.class);
            assertThatThrownBy(() -> first.calls().checkLock(held.getLockid())).isInstanceOf(NoSuchLockException.class);
            assertThatThrownBy(() -> first.calls().heartbeat(0, held.getLockid())).isInstanceOf(NoSuchLockException.class);
            assertThatThrownBy(() -> first.calls().heartbeat(7, 0)).isInstanceOf(NoSuchTxnException.class);
        }
    }

    @Test
    void testReadersShareALock()
            throws Exception
    {
        try (HiveClient client = HiveClient.connect(engine.metastore())) {
            LockResponse first = client.calls().lock(shared("read"));
            LockResponse second = client.calls().lock(shared("read"));
            assertThat(List.of(first.getState(), second.getState())).containsOnly(LockState.ACQUIRED);
            LockResponse writer = client.calls().lock(exclusive("read"));
            assertThat(writer.getState()).isEqualTo(LockState.WAITING);
            client.calls().unlock(first.getLockid());
            assertThat(client.calls().checkLock(writer.getLockid()).getState()).isEqualTo(LockState.WAITING);
            client.calls().unlock(second.getLockid());
            assertThat(client.calls().checkLock(writer.getLockid()).getState()).isEqualTo(LockState.ACQUIRED);
            client.calls().unlock(writer.getLockid());
        }
    }

    /**
     * The other metastore waits {@value SharedEngine#LOCK_TIMEOUT} for a sign of life; Iceberg's commit waits with it, and
     * the lock of a client that gives them stays.
     */
    @Test
    void testClientThatIsGone()
            throws Exception
    {
        HiveCatalog catalog = IcebergCatalogs.hive(engine, SharedEngine.otherMetastore().uri(), "patient");
        catalog.createNamespace(Namespace.of(DATABASE), Map.of("location", SharedEngine.location(DATABASE)));
        Table table = catalog.createTable(TableIdentifier.of(DATABASE, "gone"), new Schema(required(1, "id", LongType.get())));
        try (HiveClient alive = HiveClient.connect(SharedEngine.otherMetastore().uri());
                HiveClient client = HiveClient.connect(SharedEngine.otherMetastore().uri());
                ScheduledExecutorService heartbeats = Executors.newSingleThreadScheduledExecutor()) {
            LockResponse kept = alive.calls().lock(exclusive("kept"));
            heartbeats.scheduleAtFixedRate(() -> heartbeat(alive, kept), 0, 500, MILLISECONDS);
            LockResponse lost;
            try (HiveClient gone = HiveClient.connect(SharedEngine.otherMetastore().uri())) {
                lost = gone.calls().lock(exclusive("gone"));
                assertThat(lost.getState()).isEqualTo(LockState.ACQUIRED);
            }
            // a connection may be lost and come back: what holds the lock is the heartbeat
            assertThat(locks(client.calls(), "gone")).extracting(ShowLocksResponseElement::getLockid).containsExactly(lost.getLockid());

            IcebergRows.append(table, Map.of("id", 1L));
            assertThat(IcebergRows.read(table)).containsExactly(List.of("1"));
            assertThat(locks(client.calls(), "gone")).isEmpty();
            assertThatThrownBy(() -> client.calls().heartbeat(0, lost.getLockid())).isInstanceOf(NoSuchLockException.class);
            // which is older than the one that has ended
            assertThat(locks(client.calls(), "kept")).singleElement().satisfies(lock -> {
                assertThat(lock.getLockid()).isEqualTo(kept.getLockid());
                assertThat(lock.getState()).isEqualTo(LockState.ACQUIRED);
                assertThat(lock.getHeartbeatCount()).isPositive();
            });
        }
    }

    private static void heartbeat(HiveClient client, LockResponse lock)
    {
        try {
            client.calls().heartbeat(0, lock.getLockid());
        }
        catch (TException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ShowLocksResponseElement> locks(IMetaStoreClient client, String table)
            throws Exception
    {
        ShowLocksRequest request = new ShowLocksRequest();
        request.setDbname(DATABASE);
        request.setTablename(table);
        return client.showLocks(request).getLocks();
    }

    private static LockRequest exclusive(String table)
    {
        return request(new LockComponentBuilder().setExclusive(), table);
    }

    private static LockRequest shared(String table)
    {
        return request(new LockComponentBuilder().setShared(), table);
    }

    private static LockRequest request(LockComponentBuilder builder, String table)
    {
        LockComponent component = builder.setDbName(DATABASE).setTableName(table).build();
        return new LockRequestBuilder().setUser("somebody").addLockComponent(component).build();
    }
}
