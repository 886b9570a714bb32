package dev.slipway.ops;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.type.CertificateChain;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.fdo.voucher.TrustAnchors;
import dev.slipway.fdo.voucher.TrustStore.Anchor;
import dev.slipway.fdo.voucher.TrustStore.Kind;
import dev.slipway.fdo.voucher.TrustStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Those whom the operator listed, and those whose keys are our own. */
final class ListedAnchors implements TrustAnchors {

    private record Parsed(List<Anchor> from, List<X509Certificate> deviceCas, Set<Bytes> manufacturers, Set<Bytes> owners) {}

    private final TrustStore store;
    private final KeyRing own;
    private volatile Parsed parsed;

    ListedAnchors(TrustStore store, KeyRing own) {
        this.store = store;
        this.own = own;
    }

    @Override
    public List<X509Certificate> deviceCas() {
        return current().deviceCas();
    }

    @Override
    public boolean knowsManufacturer(PublicKey key) {
        return own.manufacturer().find(key).isPresent() || current().manufacturers().contains(key.spki());
    }

    @Override
    public boolean knowsOwner(PublicKey key) {
        return own.owner().find(key).isPresent() || current().owners().contains(key.spki());
    }

    private Parsed current() {
        List<Anchor> listed = store.list();
        Parsed known = parsed;
        if (known == null || known.from() != listed) {
            Stream<X509Certificate> cas = listed.stream()
                    .filter(anchor -> anchor.kind() == Kind.DEVICE_CA)
                    .map(anchor -> CertificateChain.of(List.of(anchor.encoded())).certificates().get(0));
            known = new Parsed(
                    listed,
                    Stream.concat(own.deviceCa().certificates().stream(), cas).toList(),
                    keys(listed, Kind.MANUFACTURER),
                    keys(listed, Kind.OWNER));
            parsed = known;
        }
        return known;
    }

    private static Set<Bytes> keys(List<Anchor> listed, Kind kind) {
        return listed.stream().filter(anchor -> anchor.kind() == kind).map(Anchor::encoded).collect(Collectors.toSet());
    }
}
