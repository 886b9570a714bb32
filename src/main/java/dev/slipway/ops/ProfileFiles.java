package dev.slipway.ops;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.serviceinfo.Content;
import dev.slipway.fdo.type.HashType;
import dev.slipway.ignition.AvailableProfile;
import dev.slipway.ignition.PlanStep;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files that a profile's plan sends, streamed from disk. Length and digest are taken once, when the service starts. */
final class ProfileFiles implements AvailableProfile.LocalFiles {

    private static final int BUFFER_OCTETS = 64 * 1024;

    private final Map<String, Content> contents;

    private ProfileFiles(Map<String, Content> contents) {
        this.contents = contents;
    }

    static ProfileFiles of(ProfileFolder folder, List<PlanStep> plan) {
        Map<String, Content> contents = new HashMap<>();
        for (PlanStep step : plan) {
            switch (step) {
                case PlanStep.Download download when !download.sendsConfig() ->
                        contents.computeIfAbsent(download.source(), source -> content(folder.localFile(source)));
                case PlanStep.Download config -> {}
                case PlanStep.Pointer pointer -> {}
            }
        }
        return new ProfileFiles(contents);
    }

    @Override
    public Content open(String source) {
        return contents.get(source);
    }

    private static Content content(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = HashType.SHA384.newDigest();
            byte[] buffer = new byte[BUFFER_OCTETS];
            long length = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                length += read;
            }
            return new FileContent(file, length, Bytes.owning(digest.digest()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private record FileContent(Path file, long length, Bytes sha384) implements Content {

        @Override
        public Bytes read(long offset, int length) {
            ByteBuffer buffer = ByteBuffer.allocate(length);
            try (FileChannel channel = FileChannel.open(file)) {
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer, offset + buffer.position()) < 0) {
                        throw new EOFException(file + " has become shorter; restart the service after changing a profile");
                    }
                }
                return Bytes.owning(buffer.array());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
    }
}
