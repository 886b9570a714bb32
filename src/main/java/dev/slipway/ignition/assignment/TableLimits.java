package dev.slipway.ignition.assignment;

import dev.slipway.failure.Failure.TooLarge;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Stops the reader of a table before a row, or all of it, is too much: a row is in memory as a whole, whatever it consists of. */
final class TableLimits extends FilterInputStream {

    private static final int ROW_OCTETS = 1 << 20;
    private static final long TABLE_OCTETS = 256L << 20;

    private long rowLeft = ROW_OCTETS;
    private long tableLeft = TABLE_OCTETS;

    TableLimits(InputStream in) {
        super(in);
    }

    /** Another row begins; its first octets may have been read already. */
    void nextRow() {
        rowLeft = ROW_OCTETS;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        rowLeft -= Math.max(0, read);
        tableLeft -= Math.max(0, read);
        if (rowLeft < 0) {
            throw new TooLarge("a row of the table has more than " + ROW_OCTETS + " octets; let devices fetch what is that long by URL");
        }
        if (tableLeft < 0) {
            throw new TooLarge("the table has more than " + TABLE_OCTETS + " octets; apply it in parts");
        }
        return read;
    }
}
