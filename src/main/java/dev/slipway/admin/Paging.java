package dev.slipway.admin;

import dev.slipway.failure.Failure.Malformed;
import java.util.List;

/** How long a page is. */
record Paging(int limit) {

    private static final int DEFAULT = 100;
    private static final int MAX = 1_000;

    /** @throws Malformed if it is not 1 to 1000 */
    static Paging of(Integer limit) {
        if (limit == null) {
            return new Paging(DEFAULT);
        }
        if (limit < 1 || limit > MAX) {
            throw new Malformed("'limit' is 1 to " + MAX);
        }
        return new Paging(limit);
    }

    /** Whether there may be more. */
    boolean isFull(List<?> page) {
        return page.size() == limit;
    }
}
