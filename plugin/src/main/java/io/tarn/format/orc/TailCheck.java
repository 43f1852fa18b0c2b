package io.tarn.format.orc;

import io.tarn.format.FileErrors;
import io.trino.orc.metadata.ColumnMetadata;
import io.trino.orc.metadata.Footer;
import io.trino.orc.metadata.OrcColumnId;
import io.trino.orc.metadata.OrcType;
import io.trino.orc.metadata.OrcType.OrcTypeKind;
import io.trino.orc.metadata.StripeInformation;

import static io.trino.orc.metadata.OrcType.OrcTypeKind.LIST;
import static io.trino.orc.metadata.OrcType.OrcTypeKind.MAP;
import static io.trino.orc.metadata.OrcType.OrcTypeKind.STRUCT;
import static io.trino.orc.metadata.OrcType.OrcTypeKind.UNION;
import static java.lang.Math.addExact;

/**
 * Checks what a footer says before anything is done with it: the reader follows every reference of it.
 */
final class TailCheck
{
    private static final int MAX_NESTING = 128;
    private static final int MAX_ROW_GROUPS = 1 << 20;

    private TailCheck() {}

    /**
     * @param maxStripeFooterSize bytes
     * @throws io.trino.spi.TrinoException {@code TARN_CANNOT_OPEN_FILE} where the footer cannot be of a sound file
     */
    static void check(Footer footer, long fileLength, long maxStripeFooterSize, FileErrors errors)
    {
        checkTypes(footer.getTypes(), errors);
        long rows = 0;
        try {
            for (StripeInformation stripe : footer.getStripes()) {
                checkStripe(stripe, footer, fileLength, maxStripeFooterSize, errors);
                rows = addExact(rows, stripe.getNumberOfRows());
            }
        }
        catch (ArithmeticException _) {
            throw errors.cannotOpen("its footer is broken: the numbers of its stripes are too large");
        }
        if (rows != footer.getNumberOfRows()) {
            throw errors.cannotOpen("its footer is broken: it speaks of %s rows, its stripes of %s".formatted(footer.getNumberOfRows(), rows));
        }
    }

    /**
     * The types are the nodes of a tree, each after the one that it is part of.
     */
    private static void checkTypes(ColumnMetadata<OrcType> types, FileErrors errors)
    {
        int size = types.size();
        if (size == 0 || types.get(OrcColumnId.ROOT_COLUMN).getOrcTypeKind() != STRUCT) {
            throw errors.cannotOpen("its footer is broken: its type is not a struct");
        }
        int[] depths = new int[size];
        boolean[] referenced = new boolean[size];
        for (int id = 0; id < size; id++) {
            OrcType type = types.get(new OrcColumnId(id));
            OrcTypeKind kind = type.getOrcTypeKind();
            int expected = kind == LIST ? 1 : kind == MAP ? 2 : kind == STRUCT || kind == UNION ? type.getFieldCount() : 0;
            if (type.getFieldCount() != expected || (kind == STRUCT && expected > 0 && type.getFieldNames() == null)) {
                throw errors.cannotOpen("its footer is broken: type %s, %s, has %s parts".formatted(id, kind, type.getFieldCount()));
            }
            for (OrcColumnId part : type.getFieldTypeIndexes()) {
                if (part.getId() <= id || part.getId() >= size || referenced[part.getId()] || depths[id] == MAX_NESTING) {
                    throw errors.cannotOpen("its footer is broken: its types are not a tree of at most %s levels".formatted(MAX_NESTING));
                }
                referenced[part.getId()] = true;
                depths[part.getId()] = depths[id] + 1;
            }
        }
    }

    private static void checkStripe(StripeInformation stripe, Footer footer, long fileLength, long maxStripeFooterSize, FileErrors errors)
    {
        boolean negative = stripe.getNumberOfRows() < 0 || stripe.getOffset() < 0 || stripe.getIndexLength() < 0 || stripe.getDataLength() < 0 || stripe.getFooterLength() < 0;
        if (negative || addExact(stripe.getOffset(), addExact(addExact(stripe.getIndexLength(), stripe.getDataLength()), stripe.getFooterLength())) > fileLength) {
            throw errors.cannotOpen("its footer is broken: %s lies outside the file's %s bytes".formatted(stripe, fileLength));
        }
        if (stripe.getFooterLength() > maxStripeFooterSize) {
            throw errors.limitExceeded("the footer of a stripe takes %s bytes, more than the %s allowed".formatted(stripe.getFooterLength(), maxStripeFooterSize), "orc.max-footer-read-size");
        }
        if (footer.getRowsInRowGroup().isPresent() && stripe.getNumberOfRows() / footer.getRowsInRowGroup().getAsInt() >= MAX_ROW_GROUPS) {
            throw errors.cannotOpen("its footer is broken: a stripe of %s rows in groups of %s".formatted(stripe.getNumberOfRows(), footer.getRowsInRowGroup().getAsInt()));
        }
    }
}
