package dev.slipway.cbor;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the structure of an encoded item and refuses what is not well formed, before anything is allocated for its content.
 *
 * <p>Refused: indefinite lengths, reserved additional information, lengths beyond the end, nesting deeper than {@link #MAX_DEPTH}, more than
 * {@link #MAX_ITEMS} items, duplicate map keys, octets after the item.
 */
final class CborScanner {

    /**
     * FDO messages nest about ten deep, by their structure and not by what a peer puts into them: nothing that works is any deeper. A
     * setting of the transport may allow less.
     */
    static final int MAX_DEPTH = 16;

    /** A voucher with as many entries as there can be has some 2,500; each item takes much more memory than octets. */
    static final int MAX_ITEMS = 10_000;

    private static final int EIGHT_OCTETS_FOLLOW = 27;
    private static final int SMALLEST_TWO_OCTET_SIMPLE = 32;

    private final Bytes bytes;
    private int at;
    private boolean ranOut;
    private int items;

    private CborScanner(Bytes bytes) {
        this.bytes = bytes;
    }

    static CborItem scan(Bytes bytes) {
        CborScanner scanner = new CborScanner(bytes);
        CborItem item = scanner.item(1);
        if (scanner.at != bytes.length()) {
            throw new Malformed((bytes.length() - scanner.at) + " octets after the CBOR item");
        }
        return item;
    }

    /** Reads items for as long as they are whole; what is left may be the beginning of one more. */
    static CborSequence sequence(Bytes bytes) {
        CborScanner scanner = new CborScanner(bytes);
        List<CborItem> items = new ArrayList<>();
        int end = 0;
        try {
            while (end < bytes.length()) {
                items.add(scanner.item(1));
                end = scanner.at;
            }
        } catch (Malformed e) {
            if (!scanner.ranOut) {
                throw e;
            }
        }
        return new CborSequence(List.copyOf(items), bytes.slice(end, bytes.length()));
    }

    private CborItem item(int depth) {
        if (depth > MAX_DEPTH) {
            throw new Malformed("CBOR nested deeper than " + MAX_DEPTH);
        }
        if (++items > MAX_ITEMS) {
            throw new Malformed("CBOR of more than " + MAX_ITEMS + " items");
        }
        int start = at;
        int initial = next();
        MajorType type = MajorType.of(initial);
        int info = initial & 0x1f;
        long argument = argument(info);
        List<CborItem> children =
                switch (type) {
                    case UNSIGNED, NEGATIVE -> List.of();
                    case BYTES, TEXT -> skip(argument);
                    case ARRAY -> items(count(argument), depth);
                    case MAP -> entries(count(argument), depth);
                    case TAG -> List.of(item(depth + 1));
                    case SIMPLE -> simple(info, argument);
                };
        return new CborItem(bytes.slice(start, at), type, argument, children);
    }

    private long argument(int info) {
        if (info < MajorType.ONE_OCTET_FOLLOWS) {
            return info;
        }
        if (info > EIGHT_OCTETS_FOLLOW) {
            throw new Malformed("CBOR of indefinite length or with a reserved head");
        }
        long value = 0;
        for (int i = 1 << (info - MajorType.ONE_OCTET_FOLLOWS); i > 0; i--) {
            value = value << 8 | next();
        }
        return value;
    }

    private int next() {
        if (at >= bytes.length()) {
            ranOut = true;
            throw new Malformed("CBOR ends in the middle of an item");
        }
        return bytes.at(at++);
    }

    /** Each element takes at least one octet, so a count beyond the remaining octets can't be true. */
    private int count(long argument) {
        if (argument < 0 || argument > bytes.length() - at) {
            ranOut = true;
            throw new Malformed("CBOR length beyond the end of the message");
        }
        return (int) argument;
    }

    private List<CborItem> skip(long argument) {
        at += count(argument);
        return List.of();
    }

    private List<CborItem> items(int count, int depth) {
        List<CborItem> items = new ArrayList<>(Math.min(count, 32));
        for (int i = 0; i < count; i++) {
            items.add(item(depth + 1));
        }
        return items;
    }

    private List<CborItem> entries(int count, int depth) {
        List<CborItem> keysAndValues = new ArrayList<>(Math.min(2 * count, 32));
        Set<Object> keys = new HashSet<>();
        for (int i = 0; i < count; i++) {
            CborItem key = item(depth + 1);
            if (!keys.add(key.identity())) {
                throw new Malformed("duplicate key in a CBOR map");
            }
            keysAndValues.add(key);
            keysAndValues.add(item(depth + 1));
        }
        return keysAndValues;
    }

    private static List<CborItem> simple(int info, long argument) {
        if (info == MajorType.ONE_OCTET_FOLLOWS && argument < SMALLEST_TWO_OCTET_SIMPLE) {
            throw new Malformed("CBOR simple value in two octets that has a form in one");
        }
        return List.of();
    }
}
