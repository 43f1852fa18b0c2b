package io.tarn.clients;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;

import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;

/**
 * How often each method of the metastore's interface was called, as the engine's JMX tells it.
 */
public final class MetastoreCalls
        implements AutoCloseable
{
    private static final String METHODS = "io.tarn.server.thrift:type=Method,*";

    private final JMXConnector connector;
    private final MBeanServerConnection server;

    private MetastoreCalls(JMXConnector connector)
            throws IOException
    {
        this.connector = requireNonNull(connector, "connector is null");
        server = connector.getMBeanServerConnection();
    }

    // the address is that of a process which these tests started
    @SuppressWarnings("BanJNDI")
    static MetastoreCalls attach(long process)
    {
        try {
            VirtualMachine machine = VirtualMachine.attach(String.valueOf(process));
            try {
                return new MetastoreCalls(JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
            }
            finally {
                machine.detach();
            }
        }
        catch (AttachNotSupportedException e) {
            throw new IllegalStateException(e);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The calls since the engine started, of each method that was called at least once.
     */
    public Map<String, Long> counts()
    {
        return counts("Calls");
    }

    /**
     * Those of the calls that failed.
     */
    public Map<String, Long> failures()
    {
        return counts("Failures");
    }

    /**
     * The calls that an action makes, by method.
     */
    public Map<String, Long> during(Runnable action)
    {
        Map<String, Long> before = counts();
        action.run();
        Map<String, Long> after = counts();
        before.forEach((method, count) -> after.computeIfPresent(method, (_, now) -> now.equals(count) ? null : now - count));
        return after;
    }

    private Map<String, Long> counts(String group)
    {
        try {
            Map<String, Long> counts = new TreeMap<>();
            for (ObjectName method : server.queryNames(new ObjectName(METHODS), null)) {
                long count = (long) server.getAttribute(method, group + ".TotalCount");
                if (count > 0) {
                    counts.put(method.getKeyProperty("method"), count);
                }
            }
            return counts;
        }
        catch (JMException e) {
            throw new IllegalStateException(e);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close()
    {
        try {
            connector.close();
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
