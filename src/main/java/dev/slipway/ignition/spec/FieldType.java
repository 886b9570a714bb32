package dev.slipway.ignition.spec;

/** What may stand in a field of a config. {@code null} may, too, wherever Ignition reads it as if the field were absent. */
public sealed interface FieldType permits FieldType.Scalar, ObjectType, ListType {

    /** A single value. */
    enum Scalar implements FieldType {
        TEXT("a text"),
        /** An integer of 64 bits, written without fraction and exponent. */
        WHOLE("a whole number"),
        FLAG("true or false");

        private final String inWords;

        Scalar(String inWords) {
            this.inWords = inWords;
        }

        @Override
        public String inWords() {
            return inWords;
        }
    }

    /** With article, for a message: {@code a whole number}. */
    String inWords();
}
