package io.tarn.server.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

/**
 * Writes files that hold secrets: nobody but their owner reads them, and nobody sees half of one.
 */
final class OwnerFiles
{
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private OwnerFiles() {}

    static void write(Path file, String content)
            throws IOException
    {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        Files.createFile(temporary, OWNER_ONLY_FILE);
        try {
            Files.writeString(temporary, content, UTF_8);
            Files.move(temporary, file, ATOMIC_MOVE, REPLACE_EXISTING);
        }
        catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    static void createFolders(Path folder)
            throws IOException
    {
        Files.createDirectories(folder, OWNER_ONLY_FOLDER);
    }
}
