package io.tarn.server.thrift.service;

import io.tarn.server.thrift.call.CallTable;
import io.tarn.server.thrift.convert.HiveNames;
import io.tarn.server.thrift.lock.HeldLock;
import io.tarn.server.thrift.lock.LockOwner;
import io.tarn.server.thrift.lock.LockTable;
import io.tarn.server.thrift.lock.LockTarget;
import io.tarn.server.thrift.lock.LockTarget.Mode;
import org.apache.hadoop.hive.metastore.api.HeartbeatRequest;
import org.apache.hadoop.hive.metastore.api.LockComponent;
import org.apache.hadoop.hive.metastore.api.LockRequest;
import org.apache.hadoop.hive.metastore.api.LockResponse;
import org.apache.hadoop.hive.metastore.api.LockState;
import org.apache.hadoop.hive.metastore.api.LockType;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.NoSuchLockException;
import org.apache.hadoop.hive.metastore.api.NoSuchTxnException;
import org.apache.hadoop.hive.metastore.api.ShowLocksRequest;
import org.apache.hadoop.hive.metastore.api.ShowLocksResponse;
import org.apache.hadoop.hive.metastore.api.ShowLocksResponseElement;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.check_lock_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.heartbeat_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.lock_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.show_locks_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.unlock_args;
import org.apache.thrift.TException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Locks, as Iceberg's catalogue takes one around a commit: in this server's memory, until their time is over. There are
 * no transactions, and a lock for one is refused. They change nothing in the catalogue, so a read-only server gives
 * them, too.
 */
final class LockCalls
        implements CallTable.Calls
{
    private final LockTable locks;

    LockCalls(LockTable locks)
    {
        this.locks = requireNonNull(locks, "locks is null");
    }

    @Override
    public void addTo(CallTable.Builder calls)
    {
        calls.ask(lock_args.class, args -> lock(args.getRqst()));
        calls.ask(check_lock_args.class, args -> response(locks.check(args.getRqst().getLockid()).orElseThrow(() -> noSuchLock(args.getRqst().getLockid()))));
        calls.ask(unlock_args.class, args -> {
            if (!locks.release(args.getRqst().getLockid())) {
                throw noSuchLock(args.getRqst().getLockid());
            }
            return null;
        });
        calls.ask(heartbeat_args.class, args -> {
            heartbeat(args.getIds());
            return null;
        });
        calls.ask(show_locks_args.class, args -> show(args.getRqst()));
    }

    private LockResponse lock(LockRequest request)
            throws TException
    {
        if (request.getTxnid() > 0) {
            throw new NoSuchTxnException("There is no transaction %s: this metastore has none".formatted(request.getTxnid()));
        }
        if (request.getComponent() == null || request.getComponent().isEmpty()) {
            throw new MetaException("A lock must be on something");
        }
        List<LockTarget> targets = new ArrayList<>();
        for (LockComponent component : request.getComponent()) {
            targets.add(new LockTarget(
                    HiveNames.database(component.getDbname()),
                    Optional.ofNullable(component.getTablename()).map(name -> name.toLowerCase(ENGLISH)),
                    Optional.ofNullable(component.getPartitionname()),
                    mode(component.getType())));
        }
        LockOwner owner = new LockOwner(String.valueOf(request.getUser()), String.valueOf(request.getHostname()), Optional.ofNullable(request.getAgentInfo()));
        try {
            return response(locks.request(owner, targets));
        }
        catch (IllegalStateException e) {
            throw new MetaException(e.getMessage());
        }
    }

    private void heartbeat(HeartbeatRequest request)
            throws TException
    {
        if (request.getTxnid() > 0) {
            throw new NoSuchTxnException("There is no transaction %s: this metastore has none".formatted(request.getTxnid()));
        }
        if (!locks.heartbeat(request.getLockid())) {
            throw noSuchLock(request.getLockid());
        }
    }

    private ShowLocksResponse show(ShowLocksRequest request)
            throws TException
    {
        Optional<String> database = HiveNames.databasePattern(request.getDbname()).map(name -> name.toLowerCase(ENGLISH));
        Optional<String> table = Optional.ofNullable(request.getTablename()).map(name -> name.toLowerCase(ENGLISH));
        List<ShowLocksResponseElement> elements = new ArrayList<>();
        for (HeldLock lock : locks.locks()) {
            lock.targets().stream()
                    .filter(target -> database.isEmpty() || database.get().equals(target.database()))
                    .filter(target -> table.isEmpty() || table.equals(target.table()))
                    .map(target -> element(lock, target))
                    .forEach(elements::add);
        }
        return new ShowLocksResponse(elements);
    }

    private static ShowLocksResponseElement element(HeldLock lock, LockTarget target)
    {
        ShowLocksResponseElement element = new ShowLocksResponseElement(
                lock.id(),
                target.database(),
                state(lock),
                type(target.mode()),
                lock.lastHeartbeat().toEpochMilli(),
                lock.owner().user(),
                lock.owner().host());
        target.table().ifPresent(element::setTablename);
        target.partition().ifPresent(element::setPartname);
        lock.acquiredAt().ifPresent(moment -> element.setAcquiredat(moment.toEpochMilli()));
        lock.owner().agent().ifPresent(element::setAgentInfo);
        lock.blocker().ifPresent(element::setBlockedByExtId);
        element.setHeartbeatCount(lock.heartbeats());
        return element;
    }

    private static LockResponse response(HeldLock lock)
    {
        return new LockResponse(lock.id(), state(lock));
    }

    private static LockState state(HeldLock lock)
    {
        return lock.acquiredAt().isPresent() ? LockState.ACQUIRED : LockState.WAITING;
    }

    private static Mode mode(LockType type)
    {
        return switch (type) {
            case SHARED_READ -> Mode.SHARED_READ;
            case SHARED_WRITE -> Mode.SHARED_WRITE;
            case EXCL_WRITE -> Mode.EXCLUSIVE_WRITE;
            case EXCLUSIVE -> Mode.EXCLUSIVE;
        };
    }

    private static LockType type(Mode mode)
    {
        return switch (mode) {
            case SHARED_READ -> LockType.SHARED_READ;
            case SHARED_WRITE -> LockType.SHARED_WRITE;
            case EXCLUSIVE_WRITE -> LockType.EXCL_WRITE;
            case EXCLUSIVE -> LockType.EXCLUSIVE;
        };
    }

    private static NoSuchLockException noSuchLock(long id)
    {
        return new NoSuchLockException("No such lock lockid:%s: it was released, or its time was over".formatted(id));
    }
}
