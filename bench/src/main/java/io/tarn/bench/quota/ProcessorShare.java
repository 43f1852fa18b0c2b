package io.tarn.bench.quota;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How much of a process's processor time certain code takes, by samples of the threads that run: a machine that is slower
 * at one time than at another does not change a share.
 */
final class ProcessorShare
{
    private static final String SAMPLE = "jdk.CPUTimeSample";
    // of processor time
    private static final String SAMPLED_EVERY = "2ms";

    private ProcessorShare() {}

    /**
     * @param classes what the names of the code's classes begin with; what they call counts as theirs
     * @param except what the names of classes begin with that are called by these, and count as nobody's
     * @return between 0 and 1; not a number where the machine takes no such samples
     */
    static double of(List<String> classes, List<String> except, Runnable work)
            throws IOException
    {
        Path file = Files.createTempFile("tarn-bench", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(SAMPLE).withStackTrace().with("throttle", SAMPLED_EVERY);
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
            return share(file, classes, except);
        }
        finally {
            Files.delete(file);
        }
    }

    private static double share(Path file, List<String> classes, List<String> except)
            throws IOException
    {
        long all = 0;
        long found = 0;
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                if (event.getEventType().getName().equals(SAMPLE)) {
                    all++;
                    found += isOf(event, classes, except) ? 1 : 0;
                }
            }
        }
        return (double) found / all;
    }

    private static boolean isOf(RecordedEvent event, List<String> classes, List<String> except)
    {
        if (event.getStackTrace() == null) {
            return false;
        }
        for (RecordedFrame frame : event.getStackTrace().getFrames()) {
            // from the innermost outwards
            String name = frame.getMethod().getType().getName();
            if (except.stream().anyMatch(name::startsWith)) {
                return false;
            }
            if (classes.stream().anyMatch(name::startsWith)) {
                return true;
            }
        }
        return false;
    }
}
