package io.tarn.server;

import java.util.concurrent.Callable;

/**
 * A command that is made with the terminal, and gives back its exit code.
 */
interface TerminalCommand
        extends Callable<Integer> {}
