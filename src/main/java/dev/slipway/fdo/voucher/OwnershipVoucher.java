package dev.slipway.fdo.voucher;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.cbor.Encoded;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.type.CertificateChain;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.Hmac;
import dev.slipway.fdo.type.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The chain of ownership of one device, well formed and no more: {@link VoucherVerifier} turns it into a {@link VerifiedVoucher}.
 *
 * <pre>
 * OwnershipVoucher = [ OVProtVer: uint16, OVHeaderTag: bstr .cbor OVHeader, OVHeaderHMac: HMac,
 *                      OVDevCertChain: [ + bstr ] / null, OVEntryArray: [ * OVEntry ] ]
 * </pre>
 *
 * @param version judged by the verifier, as a field of its own
 * @param header with the octets inside the byte string, which the device's HMAC covers
 * @param encoded the whole voucher as received
 * @see "FIDO Device Onboard 1.1, Ownership Voucher"
 */
public record OwnershipVoucher(
        int version,
        Encoded<OvHeader> header,
        Encoded<Hmac> hmac,
        Optional<CertificateChain> deviceChain,
        List<OvEntry> entries,
        Bytes encoded) {

    public static final int VERSION = 101;
    private static final int PARTS = 5;
    private static final int PARTS_BEFORE_1_1 = 4;
    /** NumOVEntries is one octet. */
    public static final int MAX_ENTRIES = 255;

    public static OwnershipVoucher decode(Bytes bytes) {
        return decode(CborItem.decode(bytes));
    }

    public static OwnershipVoucher decode(CborItem item) {
        return decode(item, CertificateChain::decode);
    }

    /** One that was decoded before it was stored: what of it nobody wants is not looked at again. */
    public static OwnershipVoucher decodeStored(Bytes bytes) {
        return decode(CborItem.decode(bytes), CertificateChain::decodeStored);
    }

    private static OwnershipVoucher decode(CborItem item, Function<CborItem, CertificateChain> chain) {
        List<CborItem> parts = item.array(PARTS_BEFORE_1_1, PARTS);
        if (parts.size() == PARTS_BEFORE_1_1) {
            throw new Malformed("a voucher of four parts, as they were before FDO 1.1 (version 100)");
        }
        List<CborItem> entries = parts.get(4).array();
        if (entries.size() > MAX_ENTRIES) {
            throw new Malformed("a voucher of " + entries.size() + " entries; NumOVEntries is one octet, so there are " + MAX_ENTRIES + " at most");
        }
        return new OwnershipVoucher(
                parts.get(0).uint(65535),
                Encoded.inByteString(parts.get(1), OvHeader::decode),
                Encoded.bare(parts.get(2), Hmac::decode),
                parts.get(3).nullable(chain),
                entries.stream().map(OvEntry::decode).toList(),
                item.bytes());
    }

    /** A voucher without entries, as a device initialisation or a completed TO2 makes it. */
    public static OwnershipVoucher of(Encoded<OvHeader> header, Hmac hmac, CertificateChain deviceChain) {
        return assemble(header, new Encoded<>(hmac.encode(), hmac), deviceChain.encode(), Optional.of(deviceChain), List.of());
    }

    /** The same voucher with one more entry; every octet before it stays as it is. */
    OwnershipVoucher with(OvEntry entry) {
        List<OvEntry> extended = Stream.concat(entries.stream(), Stream.of(entry)).toList();
        Bytes chain = CborItem.decode(encoded).array(PARTS).get(3).bytes();
        return assemble(header, hmac, chain, deviceChain, extended);
    }

    private static OwnershipVoucher assemble(
            Encoded<OvHeader> header, Encoded<Hmac> hmac, Bytes chain, Optional<CertificateChain> deviceChain, List<OvEntry> entries) {
        CborWriter writer = new CborWriter()
                .array(5)
                .integer(VERSION)
                .byteString(header.bytes())
                .raw(hmac.bytes())
                .raw(chain)
                .array(entries.size());
        entries.forEach(entry -> writer.raw(entry.encoded()));
        return new OwnershipVoucher(VERSION, header, hmac, deviceChain, List.copyOf(entries), writer.toBytes());
    }

    public Guid guid() {
        return header.value().guid();
    }

    /** Whether this is {@code earlier} with more entries, every octet of the others as it was: the device has had more owners since. */
    public boolean continues(OwnershipVoucher earlier) {
        int common = earlier.entries.size();
        return entries.size() > common
                && header.bytes().equals(earlier.header.bytes())
                && hmac.bytes().equals(earlier.hmac.bytes())
                && octets(entries.subList(0, common)).equals(octets(earlier.entries));
    }

    private static List<Bytes> octets(List<OvEntry> entries) {
        return entries.stream().map(OvEntry::encoded).toList();
    }

    /** The hash of all its entries: what the first one has, or the one that goes with the HMAC. */
    public HashType hashType() {
        return entries.isEmpty()
                ? hmac.value().type().hashType()
                : entries.get(0).payload().previousHash().type();
    }

    /** Who owns the device: the key of the last entry, or the manufacturer's where there is none. */
    public PublicKey ownerKey() {
        return entries.isEmpty()
                ? header.value().manufacturerKey()
                : entries.get(entries.size() - 1).payload().publicKey();
    }
}
