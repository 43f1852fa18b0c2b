package io.tarn.format.line.source;

import io.tarn.format.FileColumn;

import java.util.List;

@FunctionalInterface
interface LineDecoderFactory
{
    /**
     * @param columns whole fields, each at most once
     */
    LineDecoder create(List<FileColumn> columns);
}
