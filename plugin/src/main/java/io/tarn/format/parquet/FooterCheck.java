package io.tarn.format.parquet;

import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Whether a footer agrees with itself and with its file's length, before anything is built from it.
 */
final class FooterCheck
{
    private static final int MAX_SCHEMA_DEPTH = 256;

    private FooterCheck() {}

    /**
     * @param dataEnd the file's first byte after its data
     * @throws IllegalArgumentException with what is wrong
     */
    static void check(FileMetaData metadata, long dataEnd)
    {
        List<Boolean> repeated = leaves(metadata.getSchema());
        if (metadata.getRow_groups() == null) {
            metadata.setRow_groups(new ArrayList<>());
        }
        for (int group = 0; group < metadata.getRow_groupsSize(); group++) {
            RowGroup rowGroup = metadata.getRow_groups().get(group);
            require(rowGroup.getNum_rows() >= 0, "row group %s has %s rows", group, rowGroup.getNum_rows());
            require(rowGroup.getColumnsSize() == repeated.size(), "row group %s has %s columns, the schema %s", group, rowGroup.getColumnsSize(), repeated.size());
            for (int column = 0; column < repeated.size(); column++) {
                checkChunk(rowGroup, rowGroup.getColumns().get(column), repeated.get(column), dataEnd);
            }
        }
    }

    private static void checkChunk(RowGroup rowGroup, ColumnChunk chunk, boolean repeated, long dataEnd)
    {
        require(chunk.getFile_path() == null, "it is a summary of other files, '%s' for one", chunk.getFile_path());
        require(!chunk.isSetCrypto_metadata() && chunk.getMeta_data() != null, "it has encrypted columns, which are not supported");
        ColumnMetaData metadata = chunk.getMeta_data();
        String column = String.join(".", metadata.getPath_in_schema());
        long start = start(metadata);
        long size = metadata.getTotal_compressed_size();
        require(size >= 0 && start >= 0 && size <= dataEnd - start, "column '%s' is said to take %s bytes at %s, but the data ends at %s", column, size, start, dataEnd);
        long values = metadata.getNum_values();
        boolean fits = repeated ? values >= rowGroup.getNum_rows() : values == rowGroup.getNum_rows();
        require(fits, "column '%s' is said to have %s values in %s rows", column, values, rowGroup.getNum_rows());
    }

    /**
     * The first byte of a column chunk; the offset of the dictionary page is not always set.
     */
    static long start(ColumnMetaData metadata)
    {
        long dictionary = metadata.getDictionary_page_offset();
        long data = metadata.getData_page_offset();
        return dictionary > 0 && dictionary < data ? dictionary : data;
    }

    /**
     * For every leaf, in order, whether it may hold several values a row.
     */
    private static List<Boolean> leaves(List<SchemaElement> schema)
    {
        require(schema != null && !schema.isEmpty(), "it has no schema");
        List<Boolean> leaves = new ArrayList<>();
        Deque<Group> open = new ArrayDeque<>();
        open.push(new Group(children(schema.getFirst()), false));
        for (SchemaElement element : schema.subList(1, schema.size())) {
            while (!open.isEmpty() && open.peek().remaining() == 0) {
                open.pop();
            }
            require(!open.isEmpty(), "its schema has more fields than its groups announce");
            Group parent = open.pop();
            open.push(new Group(parent.remaining() - 1, parent.repeated()));
            require(element.isSetRepetition_type(), "field '%s' lacks its repetition", element.getName());
            boolean repeated = parent.repeated() || element.getRepetition_type() == FieldRepetitionType.REPEATED;
            if (element.isSetType()) {
                leaves.add(repeated);
            }
            else {
                open.push(new Group(children(element), repeated));
                require(open.size() <= MAX_SCHEMA_DEPTH, "its schema nests deeper than %s", MAX_SCHEMA_DEPTH);
            }
        }
        require(open.stream().allMatch(group -> group.remaining() == 0), "its schema has fewer fields than its groups announce");
        return leaves;
    }

    private static int children(SchemaElement group)
    {
        require(group.getNum_children() >= 0, "group '%s' has %s fields", group.getName(), group.getNum_children());
        return group.getNum_children();
    }

    private static void require(boolean condition, String problem, Object... values)
    {
        if (!condition) {
            throw new IllegalArgumentException(problem.formatted(values));
        }
    }

    private record Group(int remaining, boolean repeated) {}
}
