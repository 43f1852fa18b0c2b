package io.tarn.server.thrift;

import com.facebook.fb303.FacebookService;
import io.tarn.server.lake.LakeServices;
import io.tarn.server.thrift.MetastoreDoor.Client;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;
import org.apache.thrift.transport.TTransportException;
import org.junit.jupiter.api.Test;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import static org.apache.thrift.TApplicationException.INTERNAL_ERROR;
import static org.apache.thrift.TApplicationException.UNKNOWN_METHOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Every method of the interface, called once with as little as it takes: it is answered, or refused by its name.
 */
final class TestEveryMethod
{
    // those that answer nothing at all, by their declaration
    private static final Set<String> ONE_WAY = Set.of("reinitialize", "shutdown");

    @Test
    void testServedOrRefusedByName()
            throws Exception
    {
        Set<String> served = new TreeSet<>();
        Set<String> refused = new TreeSet<>();
        List<Method> methods = Stream.concat(Stream.of(ThriftHiveMetastore.Iface.class.getDeclaredMethods()), Stream.of(FacebookService.Iface.class.getDeclaredMethods()))
                .filter(method -> !ONE_WAY.contains(method.getName()))
                .toList();
        try (LakeServices lake = new LakeServices();
                MetastoreDoor door = new MetastoreDoor(lake, Map.of())) {
            for (Method method : methods) {
                try (Client client = door.connect()) {
                    if (isServed(method, client)) {
                        served.add(method.getName());
                    }
                    else {
                        refused.add(method.getName());
                    }
                }
            }
            System.out.printf("Methods of Hive 4.2.0's metastore interface: %s, served %s, refused by name %s: %s%n", methods.size(), served.size(), refused.size(), refused);
            assertThat(served).hasSizeGreaterThanOrEqualTo(154);
            assertThat(served.size() + refused.size()).isEqualTo(methods.size());
            // two more, which Hive 4 no longer has
            assertThat(door.server().stats().keySet()).containsAll(served).contains("get_table", "get_table_objects_by_name");
            assertThat(door.server().stats()).hasSize(served.size() + 2);
        }
    }

    private static boolean isServed(Method method, Client client)
            throws Exception
    {
        List<Object> arguments = new ArrayList<>();
        for (Class<?> type : method.getParameterTypes()) {
            arguments.add(LeastValues.of(type));
        }
        try {
            method.invoke(client.calls(), arguments.toArray());
            return true;
        }
        catch (InvocationTargetException e) {
            return isServed(method, e.getCause());
        }
    }

    private static boolean isServed(Method method, Throwable failure)
    {
        if (failure instanceof TApplicationException refusal && refusal.getType() == UNKNOWN_METHOD) {
            assertThat(refusal).hasMessageContaining("'" + method.getName() + "'");
            return false;
        }
        if (failure instanceof TApplicationException answer && answer.getType() == TApplicationException.MISSING_RESULT) {
            return true;
        }
        if (failure instanceof TApplicationException answer && answer.getType() == INTERNAL_ERROR) {
            // a method that declares no exception of its own; what it says must still be for its caller
            assertThat(answer).hasMessageNotContainingAny("NullPointer", "ClassCast");
            return true;
        }
        if (failure instanceof TTransportException || !(failure instanceof TException)) {
            return fail(method.getName(), failure);
        }
        assertThat(String.valueOf(failure.getMessage())).doesNotContain("NullPointer", "ClassCast", "Cannot invoke");
        return true;
    }
}
