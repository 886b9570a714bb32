package dev.slipway.ignition.spec;

import java.util.Optional;
import java.util.function.LongUnaryOperator;

/**
 * One field of an object.
 *
 * @param name as in the config: {@code sizeMiB}
 * @param since the first version that has it
 * @param change where a number came to mean more than it did
 */
public record Field(String name, FieldType type, IgnitionVersion since, Optional<Change> change) {

    /**
     * A part of a number that had no effect before a version.
     *
     * @param version the first one in which it has
     * @param before what a number meant before
     */
    record Change(IgnitionVersion version, LongUnaryOperator before) {}

    static Field of(String name, FieldType type) {
        return new Field(name, type, IgnitionVersion.V3_0_0, Optional.empty());
    }

    public boolean isIn(IgnitionVersion version) {
        return !version.isBefore(since);
    }

    Field since(IgnitionVersion version) {
        return new Field(name, type, version, change);
    }

    Field changed(IgnitionVersion version, LongUnaryOperator before) {
        return new Field(name, type, since, Optional.of(new Change(version, before)));
    }

    Field with(FieldType newType) {
        return new Field(name, newType, since, change);
    }
}
