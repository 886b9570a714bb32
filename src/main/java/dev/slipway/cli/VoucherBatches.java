package dev.slipway.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The vouchers of a file in portions that fit a request, however long the file is. Only voucher blocks leave it. */
final class VoucherBatches {

    private static final String BEGIN = "-----BEGIN OWNERSHIP VOUCHER-----";
    private static final String END = "-----END OWNERSHIP VOUCHER-----";
    private static final int CBOR_ARRAY_OF_FIVE = 0x85;
    private static final int BATCH_OCTETS = 256 * 1024;
    /** Of the service: longer requests it refuses. */
    private static final int MAX_OCTETS = 1_000_000;

    private final Path file;

    private VoucherBatches(Path file) {
        this.file = file;
    }

    static VoucherBatches of(Path file) {
        return new VoucherBatches(file);
    }

    /** The file is not what it should be; the message says how. Portions before that were given out. */
    static final class NotRead extends RuntimeException {

        private NotRead(String message) {
            super(message, null, false, false);
        }
    }

    /** @param isAll whether it is the whole file, with one voucher */
    record Batch(byte[] octets, boolean isAll, int percentRead) {}

    /** @throws NotRead if there are no vouchers, or not only whole ones */
    void each(Consumer<Batch> action) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.mark(1);
            boolean cbor = in.read() == CBOR_ARRAY_OF_FIVE;
            in.reset();
            if (cbor) {
                action.accept(new Batch(in.readNBytes(MAX_OCTETS), true, 100));
            } else {
                pem(in, action);
            }
        } catch (IOException e) {
            throw InputFile.unreadable(file, e);
        }
    }

    private void pem(InputStream in, Consumer<Batch> action) throws IOException {
        long size = Math.max(1, Files.size(file));
        long read = 0;
        int vouchers = 0;
        boolean inside = false;
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        for (String line = line(in); line != null; line = line(in)) {
            read += line.length() + 1L;
            inside |= line.contains(BEGIN);
            if (inside) {
                batch.writeBytes((line.strip() + "\n").getBytes(StandardCharsets.ISO_8859_1));
                refuseIfTooLong(batch);
            }
            if (inside && line.contains(END)) {
                inside = false;
                vouchers++;
                if (batch.size() >= BATCH_OCTETS) {
                    action.accept(new Batch(batch.toByteArray(), false, (int) (read * 100 / size)));
                    batch.reset();
                }
            }
        }
        if (inside) {
            throw new NotRead(file + " ends in the middle of a voucher");
        }
        if (vouchers == 0) {
            throw new NotRead(file + " holds neither a PEM block OWNERSHIP VOUCHER nor the CBOR of a voucher");
        }
        if (batch.size() > 0) {
            action.accept(new Batch(batch.toByteArray(), vouchers == 1, 100));
        }
    }

    private void refuseIfTooLong(ByteArrayOutputStream batch) {
        if (batch.size() > MAX_OCTETS) {
            throw new NotRead(file + " holds a voucher that is longer than any can be");
        }
    }

    /** Without its end; a line that is too long to be of a voucher is cut. */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet = in.read();
        if (octet < 0) {
            return null;
        }
        for (; octet >= 0 && octet != '\n'; octet = in.read()) {
            if (line.size() <= MAX_OCTETS) {
                line.write(octet);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
