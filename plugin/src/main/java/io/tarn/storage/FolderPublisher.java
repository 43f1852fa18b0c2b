package io.tarn.storage;

import io.trino.filesystem.Location;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

/**
 * Gives a file that is complete the name that readers see.
 */
final class FolderPublisher
{
    /**
     * Each attempt loses only to somebody who removed the last file of the same folder in between.
     */
    private static final int ATTEMPTS = 100;

    /**
     * Moves a file to a name that is free.
     *
     * @throws FileAlreadyExistsException where it is taken; the source is left where it is
     */
    void publishNew(Path source, Path target, Location location)
            throws IOException
    {
        publish(source, target, location, () -> {
            try {
                // a link is refused where the name is taken, in one step; a move would replace, or check and then move
                Files.createLink(target, source);
            }
            catch (FileAlreadyExistsException e) {
                throw (FileAlreadyExistsException) new FileAlreadyExistsException(location.toString()).initCause(e);
            }
            Files.delete(source);
        });
    }

    /**
     * Moves a file to a name, in place of a file that has it.
     */
    void publishOver(Path source, Path target, Location location)
            throws IOException
    {
        publish(source, target, location, () -> Files.move(source, target, ATOMIC_MOVE));
    }

    private static void publish(Path source, Path target, Location location, Step step)
            throws IOException
    {
        if (Files.isDirectory(target)) {
            throw new IOException("File cannot be written, as files are stored below a folder of its name: " + location);
        }
        for (int attempt = 1; ; attempt++) {
            try {
                createFolders(target.getParent(), location);
                step.run();
                return;
            }
            catch (NoSuchFileException e) {
                if (attempt == ATTEMPTS || !Files.exists(source)) {
                    throw e;
                }
            }
        }
    }

    /**
     * @throws NoSuchFileException where one of them was removed meanwhile
     */
    private static void createFolders(Path folder, Location location)
            throws IOException
    {
        try {
            Files.createDirectories(folder);
        }
        catch (FileAlreadyExistsException e) {
            if (Files.isRegularFile(Path.of(e.getFile()))) {
                throw new IOException("File cannot be written, as a file has the name of a folder above it: " + location, e);
            }
            // a folder was there, and was gone when it was looked at
            throw new NoSuchFileException(e.getFile());
        }
    }

    private interface Step
    {
        void run()
                throws IOException;
    }
}
