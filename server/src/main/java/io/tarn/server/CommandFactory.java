package io.tarn.server;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

import static java.util.Objects.requireNonNull;

/**
 * Hands the terminal to the commands that speak to it.
 */
final class CommandFactory
        implements IFactory
{
    private final Terminal terminal;
    private final IFactory defaultFactory = CommandLine.defaultFactory();

    CommandFactory(Terminal terminal)
    {
        this.terminal = requireNonNull(terminal, "terminal is null");
    }

    @Override
    public <T> T create(Class<T> type)
            throws Exception
    {
        if (TerminalCommand.class.isAssignableFrom(type)) {
            return type.cast(type.getDeclaredConstructor(Terminal.class).newInstance(terminal));
        }
        return defaultFactory.create(type);
    }
}
