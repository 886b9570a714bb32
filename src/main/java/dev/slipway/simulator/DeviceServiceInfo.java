package dev.slipway.simulator;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.fdo.message.To2;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.ServiceInfoKeyValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The device's side of service info: says what it is, and takes files by {@code fdo.download}. */
public final class DeviceServiceInfo {

    private static final String DOWNLOAD = "fdo.download";
    private static final int MAX_FILE_OCTETS = 64 * 1024 * 1024;

    private final Map<String, Bytes> files = new LinkedHashMap<>();
    private List<ServiceInfoKeyValue> outgoing;
    private boolean ownerHasMore;
    private boolean active;
    private String name = "";
    private long length;
    private Bytes sha384 = Bytes.EMPTY;
    private List<Bytes> pieces = new ArrayList<>();

    public DeviceServiceInfo(String model, String serial) {
        this.outgoing = devmod(model, serial);
    }

    private static List<ServiceInfoKeyValue> devmod(String model, String serial) {
        return List.of(
                ServiceInfoKeyValue.of("devmod:active", new CborWriter().bool(true)),
                ServiceInfoKeyValue.of("devmod:os", new CborWriter().text("linux")),
                ServiceInfoKeyValue.of("devmod:arch", new CborWriter().text("amd64")),
                ServiceInfoKeyValue.of("devmod:version", new CborWriter().text("virtual")),
                ServiceInfoKeyValue.of("devmod:device", new CborWriter().text(model)),
                ServiceInfoKeyValue.of("devmod:sn", new CborWriter().text(serial)),
                ServiceInfoKeyValue.of("devmod:sep", new CborWriter().text(":")),
                ServiceInfoKeyValue.of("devmod:bin", new CborWriter().text("amd64")),
                ServiceInfoKeyValue.of("devmod:nummodules", new CborWriter().integer(1)),
                ServiceInfoKeyValue.of("devmod:modules", new CborWriter().array(3).integer(0).integer(1).text(DOWNLOAD)));
    }

    /** The files that arrived whole, by name. */
    public Map<String, Bytes> files() {
        return Map.copyOf(files);
    }

    /** While the owner has more, the device is silent, and keeps what it has to say. */
    To2.DeviceServiceInfo next() {
        List<ServiceInfoKeyValue> now = ownerHasMore ? List.of() : outgoing;
        outgoing = ownerHasMore ? outgoing : List.of();
        return new To2.DeviceServiceInfo(false, now);
    }

    void receive(To2.OwnerServiceInfo message) {
        CheckFailed.require(!(message.isDone() && message.isMoreServiceInfo()), "owner is done and has more");
        ownerHasMore = message.isMoreServiceInfo();
        List<ServiceInfoKeyValue> answers = new ArrayList<>(outgoing);
        for (ServiceInfoKeyValue keyValue : message.serviceInfo()) {
            if (keyValue.module().equals(DOWNLOAD)) {
                download(keyValue.message(), CborItem.decode(keyValue.value()), answers);
            } else if (keyValue.message().equals("active")) {
                answers.add(ServiceInfoKeyValue.of(keyValue.module() + ":active", new CborWriter().bool(false)));
            }
        }
        outgoing = answers;
    }

    /** The owner is done: no file may be half there. */
    void finish() {
        CheckFailed.require(name.isEmpty() && pieces.isEmpty(), "owner is done in the middle of a file");
    }

    private void download(String message, CborItem value, List<ServiceInfoKeyValue> answers) {
        switch (message) {
            case "active" -> activate(answers);
            case "sha-384" -> sha384 = value.byteString(48);
            case "length" -> length = value.uint(MAX_FILE_OCTETS);
            case "name" -> name = value.text(255);
            case "data" -> take(value.byteString(), answers);
            default -> throw new CheckFailed("unknown message fdo.download:" + message);
        }
    }

    private void activate(List<ServiceInfoKeyValue> answers) {
        if (!active) {
            active = true;
            answers.add(ServiceInfoKeyValue.of(DOWNLOAD + ":active", new CborWriter().bool(true)));
        }
    }

    private void take(Bytes piece, List<ServiceInfoKeyValue> answers) {
        CheckFailed.require(active && !name.isEmpty(), "data before the file is announced");
        pieces.add(piece);
        long received = pieces.stream().mapToLong(Bytes::length).sum();
        CheckFailed.require(received <= length, "more data than announced");
        if (received == length) {
            Bytes file = Bytes.concat(pieces.toArray(Bytes[]::new));
            CheckFailed.require(HashType.SHA384.hash(file).value().equals(sha384), "file is not the one announced");
            files.put(name, file);
            pieces = new ArrayList<>();
            name = "";
            length = 0;
            sha384 = Bytes.EMPTY;
            answers.add(ServiceInfoKeyValue.of(DOWNLOAD + ":done", new CborWriter().integer(received)));
        }
    }
}
