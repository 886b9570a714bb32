package dev.slipway.ignition.spec;

/**
 * One field of an object.
 *
 * @param name as in the config: {@code sizeMiB}
 * @param since the first version that has it
 */
public record Field(String name, FieldType type, IgnitionVersion since) {

    public boolean isIn(IgnitionVersion version) {
        return !version.isBefore(since);
    }

    Field since(IgnitionVersion version) {
        return new Field(name, type, version);
    }
}
