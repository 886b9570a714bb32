package dev.slipway.fdo.serviceinfo.module;

import dev.slipway.cbor.CborWriter;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.fdo.serviceinfo.Content;
import dev.slipway.fdo.serviceinfo.OwnerModule;
import dev.slipway.fdo.serviceinfo.ServiceInfoBatch;
import dev.slipway.fdo.serviceinfo.ServiceInfoMessage;
import dev.slipway.fdo.serviceinfo.StepProgress;
import dev.slipway.fdo.type.ServiceInfoKeyValue;
import java.util.List;

/**
 * Writes one file on the device (module {@code fdo.download}): announces it, sends its octets, and waits until the device says that it has
 * them all.
 *
 * @see "FIDO Device Onboard Service Info Modules, fdo.download"
 */
public final class DownloadModule implements OwnerModule {

    public static final String NAME = "fdo.download";

    /** Most octets in one {@code data}: what the standard says devices take. */
    private static final int MAX_DATA_OCTETS = 1014;
    /** Of a {@code data} pair, beside the piece itself. */
    private static final int DATA_OVERHEAD_OCTETS = 1 + 2 + NAME.length() + ":data".length() + 3 + 3;
    /** Pieces smaller than this are not worth a pair of their own, except the last. */
    private static final int MIN_DATA_OCTETS = 64;

    private final String fileName;
    private final Content content;

    public DownloadModule(String fileName, Content content) {
        this.fileName = fileName;
        this.content = content;
    }

    @Override
    public int octets() {
        return content.octetsInMemory();
    }

    private sealed interface Progress extends StepProgress {}

    /** @param sent how many of the pairs that announce the file are out */
    private record Announcing(int sent) implements Progress {}

    private record Sending(long offset) implements Progress {}

    private record AwaitingDone() implements Progress {}

    private record Written() implements Progress {

        @Override
        public boolean finished() {
            return true;
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public StepProgress begin() {
        return new Announcing(0);
    }

    @Override
    public StepProgress send(StepProgress progress, ServiceInfoBatch batch) {
        return switch ((Progress) progress) {
            case Announcing p -> announce(p.sent(), batch);
            case Sending p -> sendData(p.offset(), batch);
            case AwaitingDone p -> p;
            case Written p -> p;
        };
    }

    /** Digest and length before the name: the one order that every client in use takes. */
    private Progress announce(int sent, ServiceInfoBatch batch) {
        List<ServiceInfoKeyValue> announcement = List.of(
                message("sha-384", new CborWriter().byteString(content.sha384())),
                message("length", new CborWriter().integer(content.length())),
                message("name", new CborWriter().text(fileName)));
        int next = sent;
        while (next < announcement.size() && batch.add(announcement.get(next))) {
            next++;
        }
        return next < announcement.size() ? new Announcing(next) : sendData(0, batch);
    }

    /** As many pieces as there is room for; an empty file is one empty piece. */
    private Progress sendData(long offset, ServiceInfoBatch batch) {
        long at = offset;
        while (batch.room() >= DATA_OVERHEAD_OCTETS + Math.min(MIN_DATA_OCTETS, content.length() - at)) {
            int length = (int) Math.min(Math.min(MAX_DATA_OCTETS, batch.room() - DATA_OVERHEAD_OCTETS), content.length() - at);
            batch.add(message("data", new CborWriter().byteString(content.read(at, length))));
            at += length;
            if (at == content.length()) {
                return new AwaitingDone();
            }
        }
        return new Sending(at);
    }

    @Override
    public StepProgress receive(StepProgress progress, ServiceInfoMessage message) {
        if (!message.message().equals("done")) {
            return progress;
        }
        long written = message.value().integer();
        if (!(progress instanceof AwaitingDone) || written != content.length()) {
            throw new Invalid("device wrote " + written + " of " + content.length() + " octets of " + fileName);
        }
        return new Written();
    }

    private static ServiceInfoKeyValue message(String message, CborWriter value) {
        return ServiceInfoKeyValue.of(NAME + ":" + message, value);
    }
}
