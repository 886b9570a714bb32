package dev.slipway.ignition;

import java.util.List;

/** The value of one parameter, possibly secret: {@code toString} shows no content. */
public sealed interface ParameterValue {

    /** What people are shown of a secret, whatever its length. */
    String MASK = "********";

    /** As a CEL expression sees it. */
    Object forExpression();

    record Text(String text) implements ParameterValue {
        @Override
        public Object forExpression() {
            return text;
        }

        @Override
        public String toString() {
            return "Text[…]";
        }
    }

    record Texts(List<String> texts) implements ParameterValue {
        public Texts {
            texts = List.copyOf(texts);
        }

        @Override
        public Object forExpression() {
            return texts;
        }

        @Override
        public String toString() {
            return "Texts[…]";
        }
    }

    record Whole(long number) implements ParameterValue {
        @Override
        public Object forExpression() {
            return number;
        }
    }

    record Flag(boolean on) implements ParameterValue {
        @Override
        public Object forExpression() {
            return on;
        }
    }
}
