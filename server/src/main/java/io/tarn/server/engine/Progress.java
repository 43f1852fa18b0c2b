package io.tarn.server.engine;

/**
 * Is told what the engine does while it starts and stops, for the person who waits.
 */
public interface Progress
{
    Progress SILENT = new Progress()
    {
        @Override
        public void begin(String step) {}

        @Override
        public void done() {}

        @Override
        public void note(String message) {}

        @Override
        public int failed(EngineException failure)
        {
            return 1;
        }
    };

    /**
     * A step starts; the one before, if any, is over.
     */
    void begin(String step);

    /**
     * The last step is over.
     */
    void done();

    /**
     * Something worth knowing that stops nothing.
     */
    void note(String message);

    /**
     * The engine failed where no exception can be thrown to the caller, because Trino ends the process itself.
     * The process ends once this returns, with what it returns as the exit code.
     */
    int failed(EngineException failure);
}
