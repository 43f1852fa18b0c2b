package io.tarn.format.parquet;

import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names of fields that differ in letter case only. The catalogue knows lower case alone, so of such siblings the one
 * that is written in lower case is read, and where none is, the first. The others get a name that no column can have,
 * because the reader, which lower-cases all names, would mix the siblings up.
 */
final class SiblingNames
{
    private SiblingNames() {}

    /**
     * Renames within the footer; to be called on a schema whose counts of children are known to be right.
     */
    static void distinguish(FileMetaData metadata)
    {
        List<SchemaElement> schema = metadata.getSchema();
        if (!hasDuplicates(schema)) {
            return;
        }
        Map<List<String>, List<String>> renamed = new HashMap<>();
        distinguishChildren(schema, 0, List.of(), List.of(), renamed);
        for (RowGroup rowGroup : metadata.getRow_groups()) {
            for (ColumnChunk column : rowGroup.getColumns()) {
                List<String> path = column.getMeta_data().getPath_in_schema();
                column.getMeta_data().setPath_in_schema(renamed.getOrDefault(path, path));
            }
        }
    }

    private static boolean hasDuplicates(List<SchemaElement> schema)
    {
        Deque<Integer> remaining = new ArrayDeque<>();
        Deque<Set<String>> names = new ArrayDeque<>();
        remaining.push(schema.getFirst().getNum_children());
        names.push(new HashSet<>());
        for (SchemaElement element : schema.subList(1, schema.size())) {
            while (remaining.peek() == 0) {
                remaining.pop();
                names.pop();
            }
            remaining.push(remaining.pop() - 1);
            if (!names.peek().add(lowerCase(element))) {
                return true;
            }
            if (!element.isSetType()) {
                remaining.push(element.getNum_children());
                names.push(new HashSet<>());
            }
        }
        return false;
    }

    private static int distinguishChildren(List<SchemaElement> schema, int parent, List<String> oldPath, List<String> newPath, Map<List<String>, List<String>> renamed)
    {
        // the first pass finds who keeps the name, the second renames the others and descends
        Map<String, Integer> keepers = new HashMap<>();
        List<Integer> children = children(schema, parent);
        for (int child : children) {
            SchemaElement element = schema.get(child);
            Integer keeper = keepers.get(lowerCase(element));
            if (keeper == null || (isLowerCase(element) && !isLowerCase(schema.get(keeper)))) {
                keepers.put(lowerCase(element), child);
            }
        }
        int next = parent + 1;
        for (int child : children) {
            SchemaElement element = schema.get(child);
            List<String> oldChildPath = append(oldPath, element.getName());
            if (keepers.get(lowerCase(element)) != child) {
                String name = element.getName();
                do {
                    name = name + "\0" + child;
                }
                while (keepers.containsKey(name.toLowerCase(Locale.ENGLISH)));
                element.setName(name);
            }
            List<String> newChildPath = append(newPath, element.getName());
            if (element.isSetType()) {
                renamed.putIfAbsent(oldChildPath, newChildPath);
                next = child + 1;
            }
            else {
                next = distinguishChildren(schema, child, oldChildPath, newChildPath, renamed);
            }
        }
        return next;
    }

    private static List<Integer> children(List<SchemaElement> schema, int parent)
    {
        List<Integer> children = new ArrayList<>();
        int next = parent + 1;
        for (int i = 0; i < schema.get(parent).getNum_children(); i++) {
            children.add(next);
            next = subtreeEnd(schema, next);
        }
        return children;
    }

    private static int subtreeEnd(List<SchemaElement> schema, int element)
    {
        long open = 1;
        int next = element;
        while (open > 0) {
            SchemaElement current = schema.get(next);
            open += (current.isSetType() ? 0 : current.getNum_children()) - 1;
            next++;
        }
        return next;
    }

    private static List<String> append(List<String> path, String name)
    {
        List<String> appended = new ArrayList<>(path);
        appended.add(name);
        return List.copyOf(appended);
    }

    private static boolean isLowerCase(SchemaElement element)
    {
        return element.getName().equals(lowerCase(element));
    }

    private static String lowerCase(SchemaElement element)
    {
        return element.getName().toLowerCase(Locale.ENGLISH);
    }
}
