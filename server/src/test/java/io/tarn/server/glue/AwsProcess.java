package io.tarn.server.glue;

import io.tarn.server.aws.Credentials;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ENGLISH;

/**
 * Runs a client of AWS that is a program of its own, with nothing of the machine's configuration.
 */
final class AwsProcess
{
    private AwsProcess() {}

    /**
     * @param text of both its streams
     */
    record Answer(int exitCode, String text) {}

    static Answer run(Path home, Credentials credentials, List<String> command)
            throws Exception
    {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("PYTHON") || name.toLowerCase(ENGLISH).endsWith("_proxy"));
        builder.environment().putAll(Map.of(
                "HOME", home.toString(),
                "AWS_ACCESS_KEY_ID", credentials.accessKey(),
                "AWS_SECRET_ACCESS_KEY", credentials.secretKey(),
                "AWS_DEFAULT_REGION", "us-east-1",
                "AWS_MAX_ATTEMPTS", "1",
                "AWS_PAGER", "",
                "PYTHONWARNINGS", "ignore",
                "PYTHONUTF8", "1"));
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Answer(process.waitFor(), text);
    }
}
