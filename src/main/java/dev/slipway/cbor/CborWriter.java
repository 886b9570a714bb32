package dev.slipway.cbor;

import com.upokecenter.cbor.CBORObject;
import dev.slipway.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes deterministic CBOR (RFC 8949, Core Deterministic Encoding Requirements): definite and shortest lengths.
 *
 * <p>The caller writes as many items as it announced, and map entries in the bytewise order of their keys. For FDO's labels that is
 * 0, 1, 2 … and after them −1, −2 …
 */
public final class CborWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    /** Starts an array; {@code count} items follow. */
    public CborWriter array(int count) {
        return head(MajorType.ARRAY, count);
    }

    /** Starts a map; {@code count} pairs of key and value follow. */
    public CborWriter map(int count) {
        return head(MajorType.MAP, count);
    }

    /** Tags the item that follows. */
    public CborWriter tag(long number) {
        return head(MajorType.TAG, number);
    }

    public CborWriter integer(long value) {
        return value < 0 ? head(MajorType.NEGATIVE, -1 - value) : head(MajorType.UNSIGNED, value);
    }

    public CborWriter byteString(Bytes content) {
        return head(MajorType.BYTES, content.length()).raw(content);
    }

    public CborWriter text(String value) {
        return write(() -> CBORObject.Write(value, out));
    }

    public CborWriter bool(boolean value) {
        return write(() -> CBORObject.Write(value, out));
    }

    public CborWriter nul() {
        return write(() -> CBORObject.Write((CBORObject) null, out));
    }

    /** Copies an item that is encoded already. */
    public CborWriter raw(Bytes encoded) {
        encoded.appendTo(out);
        return this;
    }

    public Bytes toBytes() {
        return Bytes.owning(out.toByteArray());
    }

    /** By hand: a message has dozens of them. */
    private CborWriter head(MajorType type, long argument) {
        int high = type.ordinal() << 5;
        if (argument >= 0 && argument < MajorType.ONE_OCTET_FOLLOWS) {
            out.write(high | (int) argument);
            return this;
        }
        int significant = Long.SIZE - Long.numberOfLeadingZeros(argument);
        int sizeClass = significant > 32 ? 3 : significant > 16 ? 2 : significant > 8 ? 1 : 0;
        out.write(high | MajorType.ONE_OCTET_FOLLOWS + sizeClass);
        for (int shift = (8 << sizeClass) - 8; shift >= 0; shift -= 8) {
            out.write((int) (argument >>> shift));
        }
        return this;
    }

    private CborWriter write(Output output) {
        try {
            output.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Output {
        void run() throws IOException;
    }
}
