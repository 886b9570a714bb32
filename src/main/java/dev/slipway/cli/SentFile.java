package dev.slipway.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/** A file on its way to a service, which tells at each tenth how far it is. */
final class SentFile extends FilterInputStream {

    private static final int STEP_PERCENT = 10;

    private final long size;
    private final IntConsumer percent;
    private long read;
    private int told;

    private SentFile(InputStream in, long size, IntConsumer percent) {
        super(in);
        this.size = size;
        this.percent = percent;
    }

    static HttpRequest.BodyPublisher publisher(Path file, IntConsumer percent) throws IOException {
        long size = Files.size(file);
        return size == 0
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofInputStream(() -> open(file, size, percent)), size);
    }

    private static InputStream open(Path file, long size, IntConsumer percent) {
        try {
            return new SentFile(Files.newInputStream(file), size, percent);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        count(octet < 0 ? 0 : 1);
        return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        count(Math.max(0, count));
        return count;
    }

    private void count(int octets) {
        read += octets;
        int now = (int) (read * 100 / size) / STEP_PERCENT * STEP_PERCENT;
        if (now > told) {
            told = now;
            percent.accept(now);
        }
    }
}
