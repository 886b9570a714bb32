package dev.slipway.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Stops a reader from taking in more than it was allowed: long names and headers of an archive are read whole into memory. */
final class BoundedInput extends FilterInputStream {

    /** Something took more than it may. */
    static final class Exceeded extends IOException {
        Exceeded() {
            super("over the limit");
        }
    }

    private static final int SKIPPED_OCTETS = 8 * 1024;

    private long left;
    private long zeros;

    BoundedInput(InputStream in) {
        super(in);
    }

    void allow(long octets) {
        left = octets;
        zeros = 0;
    }

    /** How many octets at the end of what was read since something was allowed last are zero. */
    long zerosAtEnd() {
        return zeros;
    }

    private void take(long octets) throws Exceeded {
        left -= Math.max(0, octets);
        if (left < 0) {
            throw new Exceeded();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        take(read);
        for (int i = 0; i < read; i++) {
            zeros = buffer[offset + i] == 0 ? zeros + 1 : 0;
        }
        return read;
    }

    /** What is skipped is read, so that it counts. */
    @Override
    public long skip(long count) throws IOException {
        byte[] buffer = new byte[(int) Math.min(SKIPPED_OCTETS, Math.max(0, count))];
        return Math.max(0, read(buffer, 0, buffer.length));
    }

    @Override
    public int available() {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
