package dev.slipway.cli;

import java.io.PrintWriter;
import java.util.function.IntConsumer;

/** Shows how far a long job is: a line for every tenth of it. */
final class Progress implements IntConsumer {

    private final PrintWriter out;
    private final String what;
    private final int total;

    Progress(PrintWriter out, String what, int total) {
        this.out = out;
        this.what = what;
        this.total = total;
    }

    @Override
    public void accept(int done) {
        int step = Math.max(1, total / 10);
        if (done % step == 0 || done == total) {
            out.printf("%s: %d of %d%n", what, done, total);
            out.flush();
        }
    }
}
