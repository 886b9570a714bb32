package dev.slipway.ignition.butane;

/** What a template holds beside Butane: it is kept as text, whatever its place asks for, until it is replaced. */
public interface Markup {

    /** For a config that is no template. */
    Markup NONE = new Markup() {
        @Override
        public boolean isExpression(String text) {
            return false;
        }

        @Override
        public boolean isDirective(String key) {
            return false;
        }
    };

    /** Whether {@code text} is no value yet. */
    boolean isExpression(String text);

    /** Whether {@code key}, in any mapping, is no field of Butane. */
    boolean isDirective(String key);
}
