package io.tarn.server;

import picocli.CommandLine.ITypeConverter;

import java.nio.file.Path;

/**
 * A path as the user meant it: relative to the folder the command was called in, which is not the process's own (the
 * script starts that beside {@code etc/}).
 */
final class UserPath
        implements ITypeConverter<Path>
{
    private static final String FOLDER_PROPERTY = "tarn.folder";

    @Override
    public Path convert(String value)
    {
        return Path.of(System.getProperty(FOLDER_PROPERTY, "")).resolve(value).toAbsolutePath().normalize();
    }
}
