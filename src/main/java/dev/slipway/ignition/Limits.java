package dev.slipway.ignition;

import dev.slipway.ignition.spec.ConfigReader;

/** Bounds on what is parsed and rendered, checked before the work is done. */
final class Limits {

    /** Octets of one document of a profile, of a parameter file, and of a rendered config: larger things belong into a file of their own. */
    static final int DOCUMENT_BYTES = ConfigReader.DOCUMENT_BYTES;

    /** Characters of one CEL expression. */
    static final int EXPRESSION_CHARS = 4096;

    /** Rounds that all comprehensions of one evaluation may take together. */
    static final int COMPREHENSION_ROUNDS = 10_000;

    /** Characters of one value that an expression yields, before it is written into the config. */
    static final int VALUE_CHARS = 256 << 10;

    /** Items that all repetitions of one config may come to together. */
    static final int REPETITIONS = 1000;

    /** Parameters of one profile. */
    static final int PARAMETERS = 500;

    /** Steps of one plan. */
    static final int STEPS = 100;

    /** Findings of one report; the first ones are the useful ones. */
    static final int FINDINGS = 200;

    private Limits() {}
}
