package dev.slipway.cbor;

import com.upokecenter.cbor.CBORException;
import com.upokecenter.cbor.CBORObject;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One received CBOR item: well formed, within limits, with the octets it came as.
 *
 * <p>Every reading method throws {@link Malformed} when the item is of another type, out of range, or of another length.
 */
public final class CborItem {

    private static final int FALSE = 20;
    private static final int TRUE = 21;
    private static final int NULL = 22;

    private final Bytes bytes;
    private final MajorType type;
    private final long argument;
    private final List<CborItem> children;

    CborItem(Bytes bytes, MajorType type, long argument, List<CborItem> children) {
        this.bytes = bytes;
        this.type = type;
        this.argument = argument;
        this.children = children;
    }

    /** Levels of items within each other that are read at most. */
    public static final int MAX_DEPTH = CborScanner.MAX_DEPTH;

    /** How many levels of items there are within each other; 1 for a number. */
    public int depth() {
        return 1 + children.stream().mapToInt(CborItem::depth).max().orElse(0);
    }

    /** Reads exactly one item from {@code bytes}. */
    public static CborItem decode(Bytes bytes) {
        return CborScanner.scan(bytes);
    }

    /** The octets of this item as received, tag and length included. */
    public Bytes bytes() {
        return bytes;
    }

    public boolean isNull() {
        return type == MajorType.SIMPLE && argument == NULL && bytes.length() == 1;
    }

    public boolean isByteString() {
        return type == MajorType.BYTES;
    }

    public boolean isText() {
        return type == MajorType.TEXT;
    }

    public boolean isArray() {
        return type == MajorType.ARRAY;
    }

    public boolean isMap() {
        return type == MajorType.MAP;
    }

    public boolean isInteger() {
        return type == MajorType.UNSIGNED || type == MajorType.NEGATIVE;
    }

    /** The value, or nothing for {@code null}. */
    public <T> Optional<T> nullable(Function<CborItem, T> decode) {
        return isNull() ? Optional.empty() : Optional.of(decode.apply(this));
    }

    public List<CborItem> array() {
        require(MajorType.ARRAY);
        return List.copyOf(children);
    }

    /** The elements of an array of exactly {@code count}. */
    public List<CborItem> array(int count) {
        return array(count, count);
    }

    /** The elements of an array of {@code min} to {@code max}. */
    public List<CborItem> array(int min, int max) {
        List<CborItem> items = array();
        if (items.size() < min || items.size() > max) {
            throw new Malformed("array of " + items.size() + " where " + min + (min == max ? "" : " to " + max) + " belong");
        }
        return items;
    }

    /** The entries of a map, in the order received. */
    public List<Map.Entry<CborItem, CborItem>> map() {
        require(MajorType.MAP);
        List<Map.Entry<CborItem, CborItem>> entries = new ArrayList<>(children.size() / 2);
        for (int i = 0; i < children.size(); i += 2) {
            entries.add(new SimpleImmutableEntry<>(children.get(i), children.get(i + 1)));
        }
        return entries;
    }

    /** The value under an integer label of a map. */
    public Optional<CborItem> get(long label) {
        require(MajorType.MAP);
        for (int i = 0; i < children.size(); i += 2) {
            CborItem key = children.get(i);
            if (key.isInteger() && key.fitsInLong() && key.integer() == label) {
                return Optional.of(children.get(i + 1));
            }
        }
        return Optional.empty();
    }

    /** The content of a byte string. */
    public Bytes byteString() {
        require(MajorType.BYTES);
        return bytes.slice(bytes.length() - (int) argument, bytes.length());
    }

    /** The content of a byte string of exactly {@code length} octets. */
    public Bytes byteString(int length) {
        Bytes content = byteString();
        if (content.length() != length) {
            throw new Malformed("byte string of " + content.length() + " octets where " + length + " belong");
        }
        return content;
    }

    /** The item inside a byte string ({@code bstr .cbor any}). */
    public CborItem embedded() {
        return decode(byteString());
    }

    /** @param maxOctets limit of the UTF-8 encoding */
    public String text(int maxOctets) {
        require(MajorType.TEXT);
        if (argument > maxOctets) {
            throw new Malformed("text of " + argument + " octets where " + maxOctets + " are allowed");
        }
        return leaf().AsString();
    }

    /** A signed integer that fits in 64 bits. */
    public long integer() {
        if (!isInteger()) {
            throw new Malformed("an integer belongs here, not " + type);
        }
        if (!fitsInLong()) {
            throw new Malformed("integer beyond 64 bits");
        }
        return type == MajorType.NEGATIVE ? -1 - argument : argument;
    }

    /** An unsigned integer up to {@code max}. */
    public int uint(int max) {
        require(MajorType.UNSIGNED);
        if (argument < 0 || argument > max) {
            throw new Malformed("number beyond " + max);
        }
        return (int) argument;
    }

    /** An unsigned integer of 32 bits. */
    public long uint32() {
        require(MajorType.UNSIGNED);
        if (argument < 0 || argument > 0xffff_ffffL) {
            throw new Malformed("number beyond 32 bits");
        }
        return argument;
    }

    public boolean bool() {
        if (type != MajorType.SIMPLE || bytes.length() != 1 || (argument != TRUE && argument != FALSE)) {
            throw new Malformed("true or false belongs here");
        }
        return argument == TRUE;
    }

    /** The item under the tag {@code number}. */
    public CborItem tagged(long number) {
        require(MajorType.TAG);
        if (argument != number) {
            throw new Malformed("CBOR tag " + Long.toUnsignedString(argument) + " where " + number + " belongs");
        }
        return children.get(0);
    }

    /** Equal for keys that mean the same, also where one is written longer than need be. */
    Object identity() {
        return switch (type) {
            case UNSIGNED, NEGATIVE -> List.of(type, argument);
            case BYTES -> byteString();
            case TEXT -> List.of(type, bytes.slice(bytes.length() - (int) argument, bytes.length()));
            case ARRAY, MAP, TAG, SIMPLE -> bytes;
        };
    }

    /** Whether an integer is one of 64 bits, with its sign. */
    public boolean fitsInLong() {
        return argument >= 0;
    }

    private void require(MajorType required) {
        if (type != required) {
            throw new Malformed(required + " belongs here, not " + type);
        }
    }

    private CBORObject leaf() {
        try {
            return CBORObject.DecodeFromBytes(bytes.toArray());
        } catch (CBORException e) {
            throw new Malformed("not a valid CBOR " + type);
        }
    }

    /** Type and size only: the content may be secret. */
    @Override
    public String toString() {
        return type + " of " + bytes.length() + " octets";
    }
}
