package dev.slipway.tpm;

import dev.slipway.bytes.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A TPMS_ATTEST put together in hex, with one knob for each thing that can be wrong with it. The default is a sound quote of PCRs 0 and 7. */
public final class AttestFixture {

    public static final Bytes NONCE = Bytes.fromHex("0f".repeat(32));
    public static final Bytes VALUES = Bytes.fromHex("11".repeat(32) + "22".repeat(32));

    private String magic = "ff544347";
    private String type = "8018";
    private String qualifiedSigner = "0022000b" + "33".repeat(32);
    private String extraData = "0020" + NONCE;
    private String clock = "00000000000003e8" + "00000005" + "00000001" + "01";
    private String attested = "00000001" + "000b" + "03" + "810000" + "0020" + sha256(VALUES);

    public static AttestFixture aQuote() {
        return new AttestFixture();
    }

    public static AttestFixture aCertificationOf(Name name) {
        AttestFixture fixture = new AttestFixture();
        fixture.type = "8017";
        fixture.attested = "0022" + name + "0022000b" + "44".repeat(32);
        return fixture;
    }

    /** @param creationData TPMS_CREATION_DATA, without its size */
    public static AttestFixture aCreationOf(Name name, Bytes creationData) {
        AttestFixture fixture = new AttestFixture();
        fixture.type = "801a";
        fixture.attested = "0022" + name + "0020" + sha256(creationData);
        return fixture;
    }

    public AttestFixture withMagic(String hex) {
        magic = hex;
        return this;
    }

    public AttestFixture withType(String hex) {
        type = hex;
        return this;
    }

    /** With its size. */
    public AttestFixture withQualifiedSigner(String hex) {
        qualifiedSigner = hex;
        return this;
    }

    public AttestFixture withNonce(Bytes nonce) {
        extraData = "%04x%s".formatted(nonce.length(), nonce);
        return this;
    }

    public AttestFixture withClock(long clockMillis, long resetCount, int safe) {
        clock = "%016x%08x00000001%02x".formatted(clockMillis, resetCount, safe);
        return this;
    }

    /** @param selection a TPML_PCR_SELECTION in hex */
    public AttestFixture withPcrs(String selection, Bytes values) {
        attested = selection + "0020" + sha256(values);
        return this;
    }

    public AttestFixture withAttested(String hex) {
        attested = hex;
        return this;
    }

    public Bytes bytes() {
        return Bytes.fromHex(magic + type + qualifiedSigner + extraData + clock + "2019102300163636" + attested);
    }

    private static String sha256(Bytes octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets.toArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
