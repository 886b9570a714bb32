package dev.slipway.ignition.assignment;

import java.util.Optional;

/**
 * A rule that selects devices, and what it gives them.
 *
 * @param priority the higher one wins
 * @param profile a layer of theirs
 */
public record Group(
        String name, int priority, Selector selector, Optional<String> profile, GivenParameters parameters, Optional<String> comment) {

    public Group with(GivenParameters others) {
        return new Group(name, priority, selector, profile, others, comment);
    }
}
