package io.tarn.server;

import picocli.CommandLine.IVersionProvider;

import java.util.Optional;

final class TarnVersion
        implements IVersionProvider
{
    /**
     * Of the jar this runs from; classes in a folder have none.
     */
    static String text()
    {
        return Optional.ofNullable(TarnVersion.class.getPackage().getImplementationVersion()).orElse("unpackaged");
    }

    @Override
    public String[] getVersion()
    {
        return new String[] {"tarn " + text()};
    }
}
