package io.tarn.quota.sql;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tarn.quota.QuotaView;
import io.tarn.quota.ledger.BudgetChange;
import io.tarn.quota.ledger.WorkgroupChange;
import io.tarn.quota.policy.Administrators;
import io.tarn.quota.policy.Amounts;
import io.tarn.quota.policy.Budget;
import io.tarn.quota.policy.Workgroup;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.procedure.Procedure;
import io.trino.spi.procedure.Procedure.Argument;
import io.trino.spi.security.AccessDeniedException;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

import static com.google.common.base.CaseFormat.LOWER_CAMEL;
import static com.google.common.base.CaseFormat.LOWER_UNDERSCORE;
import static io.tarn.quota.sql.LedgerCalls.tell;
import static io.trino.spi.StandardErrorCode.INVALID_PROCEDURE_ARGUMENT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.lang.invoke.MethodHandles.lookup;
import static java.lang.invoke.MethodType.methodType;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Procedures of a catalogue's schema {@code system} by which administrators change quotas. What they set goes to the
 * ledger, and stands until it is set again, over a restart and a change of the policy.
 */
public final class QuotaProcedures
{
    private final QuotaView view;

    private QuotaProcedures(QuotaView view)
    {
        this.view = requireNonNull(view, "view is null");
    }

    public static Set<Procedure> procedures(QuotaView view)
    {
        QuotaProcedures procedures = new QuotaProcedures(view);
        Argument workgroup = new Argument("WORKGROUP", VARCHAR);
        Argument budget = new Argument("BUDGET", VARCHAR);
        return ImmutableSet.of(
                procedures.procedure(
                        "set_budget",
                        methodType(void.class, ConnectorSession.class, String.class, String.class, String.class, Double.class),
                        workgroup,
                        budget,
                        new Argument("BYTES", VARCHAR, false, null),
                        new Argument("PRICE", DOUBLE, false, null)),
                procedures.procedure(
                        "reset_budget",
                        methodType(void.class, ConnectorSession.class, String.class, String.class),
                        workgroup,
                        budget),
                procedures.procedure(
                        "set_workgroup_enabled",
                        methodType(void.class, ConnectorSession.class, String.class, Boolean.class),
                        workgroup,
                        new Argument("ENABLED", BOOLEAN)));
    }

    @SuppressWarnings("unused")
    private void setBudget(ConnectorSession session, String workgroupName, String budgetName, String bytes, Double price)
    {
        requireAdministrator(session);
        Workgroup workgroup = workgroup(workgroupName);
        Budget budget = budget(workgroup, budgetName);
        if (bytes == null && price == null) {
            throw new TrinoException(INVALID_PROCEDURE_ARGUMENT, "Neither bytes nor price is given; to put back what the policy says, call system.reset_budget('%s', '%s')".formatted(workgroup.name(), budget.name()));
        }
        change(session,
                workgroup,
                budget,
                amount("bytes", Optional.ofNullable(bytes), QuotaProcedures::parseBytes),
                amount("price", Optional.ofNullable(price), QuotaProcedures::parsePrice));
    }

    @SuppressWarnings("unused")
    private void resetBudget(ConnectorSession session, String workgroupName, String budgetName)
    {
        requireAdministrator(session);
        Workgroup workgroup = workgroup(workgroupName);
        change(session, workgroup, budget(workgroup, budgetName), OptionalLong.empty(), OptionalLong.empty());
    }

    @SuppressWarnings("unused")
    private void setWorkgroupEnabled(ConnectorSession session, String workgroupName, Boolean enabled)
    {
        requireAdministrator(session);
        Workgroup workgroup = workgroup(workgroupName);
        if (enabled == null) {
            throw new TrinoException(INVALID_PROCEDURE_ARGUMENT, "enabled is null, but must be true or false");
        }
        tell(() -> view.ledger().change(new WorkgroupChange(workgroup.name(), enabled, session.getUser(), session.getStart())));
    }

    private void change(ConnectorSession session, Workgroup workgroup, Budget budget, OptionalLong bytes, OptionalLong price)
    {
        tell(() -> view.ledger().change(new BudgetChange(workgroup.name(), budget.name(), bytes, price, session.getUser(), session.getStart())));
    }

    private void requireAdministrator(ConnectorSession session)
    {
        Administrators administrators = view.policy().administrators();
        if (!administrators.includes(session.getUser(), session.getIdentity().getGroups())) {
            throw new AccessDeniedException("User %s cannot change quotas; %s".formatted(session.getUser(), describe(administrators)));
        }
    }

    private static String describe(Administrators administrators)
    {
        List<String> parts = new ArrayList<>();
        if (!administrators.users().isEmpty()) {
            parts.add("users " + String.join(", ", administrators.users()));
        }
        if (!administrators.groups().isEmpty()) {
            parts.add("members of " + String.join(", ", administrators.groups()));
        }
        return parts.isEmpty() ? "the policy names no administrators" : "administrators are " + String.join(", and ", parts);
    }

    private Workgroup workgroup(String name)
    {
        return Optional.ofNullable(name).flatMap(view.policy()::workgroup).orElseThrow(() -> new TrinoException(INVALID_PROCEDURE_ARGUMENT, "WorkGroup %s is not found. The policy has: %s".formatted(
                name,
                view.policy().workgroups().stream().map(Workgroup::name).collect(joining(", ")))));
    }

    private static Budget budget(Workgroup workgroup, String name)
    {
        return Optional.ofNullable(name).flatMap(workgroup::budget).orElseThrow(() -> new TrinoException(INVALID_PROCEDURE_ARGUMENT, "WorkGroup %s has no budget %s; %s".formatted(
                workgroup.name(),
                name,
                workgroup.budgets().isEmpty() ? "it has none" : "it has: " + workgroup.budgets().stream().map(Budget::name).collect(joining(", ")))));
    }

    private static long parseBytes(String text)
    {
        // a number alone counts bytes
        boolean number = !text.isBlank() && text.strip().chars().allMatch(character -> character >= '0' && character <= '9');
        return Amounts.positiveBytes(number ? text.strip() + "B" : text);
    }

    private static long parsePrice(double price)
    {
        // Trino passes no decimals to procedures; this gives back what was written, up to 15 digits
        return Amounts.positivePrice(Double.isFinite(price) ? BigDecimal.valueOf(price) : BigDecimal.ZERO);
    }

    private static <T> OptionalLong amount(String name, Optional<T> value, Function<T, Long> reader)
    {
        try {
            return value.map(reader).map(OptionalLong::of).orElse(OptionalLong.empty());
        }
        catch (IllegalArgumentException e) {
            throw new TrinoException(INVALID_PROCEDURE_ARGUMENT, "%s is %s, but must be %s".formatted(name, value.orElseThrow(), e.getMessage()), e);
        }
    }

    private Procedure procedure(String name, MethodType type, Argument... arguments)
    {
        try {
            MethodHandle method = lookup().findVirtual(QuotaProcedures.class, LOWER_UNDERSCORE.to(LOWER_CAMEL, name), type);
            return new Procedure(QuotaTable.SCHEMA, name, ImmutableList.copyOf(arguments), method.bindTo(this));
        }
        catch (ReflectiveOperationException e) {
            throw new LinkageError("%s has no method for %s".formatted(QuotaProcedures.class.getName(), name), e);
        }
    }
}
