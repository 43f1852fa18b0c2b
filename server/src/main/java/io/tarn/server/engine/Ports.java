package io.tarn.server.engine;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

import static io.tarn.server.engine.EngineException.Reason.UNAVAILABLE;

/**
 * Tells at once, and not after half a start, that a port cannot be had.
 */
final class Ports
{
    private Ports() {}

    static void verifyFree(LakeOptions options)
    {
        verifyFree(options.host(), options.trinoPort(), "Trino", "--port");
        verifyFree(options.host(), options.awsPort(), "the AWS endpoint", "--aws-port");
        verifyFree(options.host(), options.s3Port(), "S3", "--s3-port");
        verifyFree(options.host(), options.metastorePort(), "the Hive metastore", "--metastore-port");
    }

    private static void verifyFree(String host, int port, String door, String option)
    {
        if (port == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        }
        catch (UnknownHostException e) {
            throw new EngineException(UNAVAILABLE, "The address %s is unknown: give one of this machine's with --host".formatted(host), e);
        }
        catch (BindException e) {
            if (isAddressMissing(e)) {
                throw new EngineException(UNAVAILABLE, "%s is no address of this machine: give one that is with --host".formatted(host), e);
            }
            throw new EngineException(UNAVAILABLE, "Port %d for %s is taken: choose another with %s, or --port 0 for free ones".formatted(port, door, option), e);
        }
        catch (IOException e) {
            throw new EngineException(UNAVAILABLE, "Port %d for %s cannot be opened on %s, %s: choose another with %s".formatted(port, door, host, e.getMessage(), option), e);
        }
    }

    static boolean isAddressMissing(BindException e)
    {
        return e.getMessage() != null && e.getMessage().startsWith("Cannot assign requested address");
    }
}
