package dev.slipway.fdo;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborWriter;
import dev.slipway.cose.CoseSign1;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.fdo.voucher.OwnershipVoucher;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A voucher made by hand, octet by octet, with one knob for each thing that can be wrong with it. Nothing of the code under test decides what
 * is right: hashes are taken with the JDK over octets that are put together here.
 */
public final class VoucherFixture {

    public static final SecureRandom RANDOM = new SecureRandom();

    public final KeyPair manufacturer;
    public final KeyPair owner;
    public KeyPair device = key("secp256r1");
    private final KeyPair authority = key("secp256r1");
    private final Guid guid = Guid.random(VoucherFixture::random);

    private int version = 101;
    private int headerVersion = 101;
    private byte[] guidOctets = guid.value().toArray();
    private String deviceInfo = "fixture";
    private Bytes rvInfo = Bytes.fromHex("8184820245447f000001820343191f90820443191f90820c4101");
    private UnaryOperator<Bytes> header = UnaryOperator.identity();
    private Bytes madeHmac = Bytes.concat(Bytes.fromHex("82055820"), random(32));
    private Optional<Bytes> hmacSecret = Optional.empty();
    private UnaryOperator<Bytes> hmac = UnaryOperator.identity();
    private UnaryOperator<Bytes> chainHash = UnaryOperator.identity();
    private UnaryOperator<List<Bytes>> chain = UnaryOperator.identity();
    private UnaryOperator<Bytes> manufacturerKey = UnaryOperator.identity();
    private UnaryOperator<Bytes> previousHash = UnaryOperator.identity();
    private UnaryOperator<Bytes> headerInfoHash = UnaryOperator.identity();
    private UnaryOperator<Bytes> entryKey = UnaryOperator.identity();
    private KeyPair entrySigner;
    private List<String> authorityNames = List.of("fixture CA");
    private Bytes extra = Bytes.fromHex("f6");
    private boolean withEntry = true;
    private Instant notAfter = Instant.now().plus(Duration.ofDays(3650));

    private VoucherFixture(KeyPair manufacturer, KeyPair owner) {
        this.manufacturer = manufacturer;
        this.owner = owner;
        this.entrySigner = manufacturer;
    }

    public static VoucherFixture aVoucher() {
        return new VoucherFixture(key("secp256r1"), key("secp256r1"));
    }

    public static VoucherFixture aVoucherOf(KeyPair manufacturer, KeyPair owner) {
        return new VoucherFixture(manufacturer, owner);
    }

    public static VoucherFixture anRsaVoucher(int bits) {
        return new VoucherFixture(rsaKey(bits), rsaKey(bits));
    }

    private static KeyPair rsaKey(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static Bytes random(int octets) {
        byte[] random = new byte[octets];
        RANDOM.nextBytes(random);
        return Bytes.owning(random);
    }

    public static KeyPair key(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public VoucherFixture withDevice(KeyPair other) {
        device = other;
        return this;
    }

    public VoucherFixture withVersion(int other) {
        version = other;
        return this;
    }

    public VoucherFixture withHeaderVersion(int other) {
        headerVersion = other;
        return this;
    }

    public VoucherFixture withGuidOctets(byte[] other) {
        guidOctets = other;
        return this;
    }

    public VoucherFixture withDeviceInfo(String other) {
        deviceInfo = other;
        return this;
    }

    public VoucherFixture withRvInfo(String hex) {
        rvInfo = Bytes.fromHex(hex);
        return this;
    }

    /** Changes the header's octets after the entry was made over them. */
    public VoucherFixture withHeader(UnaryOperator<Bytes> change) {
        header = change;
        return this;
    }

    /** Changes the HMAC after the entry was made over it. */
    public VoucherFixture withHmac(UnaryOperator<Bytes> change) {
        hmac = change;
        return this;
    }

    /** Of a device that takes SHA-384. Only without an entry: entries of this fixture have SHA-256. */
    public VoucherFixture withHmacSha384() {
        madeHmac = Bytes.concat(Bytes.fromHex("82065830"), random(48));
        return withoutEntry();
    }

    /** As the device with this secret makes it, over the header. */
    public VoucherFixture withHmacSecret(Bytes secret) {
        hmacSecret = Optional.of(secret);
        return this;
    }

    private static Bytes hmac(Bytes secret, Bytes header, boolean sha384) {
        String algorithm = sha384 ? "HmacSHA384" : "HmacSHA256";
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.toArray(), algorithm));
            return Bytes.concat(Bytes.fromHex(sha384 ? "82065830" : "82055820"), Bytes.owning(mac.doFinal(header.toArray())));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public VoucherFixture withChainHash(UnaryOperator<Bytes> change) {
        chainHash = change;
        return this;
    }

    public VoucherFixture withChain(UnaryOperator<List<Bytes>> change) {
        chain = change;
        return this;
    }

    public VoucherFixture withManufacturerKey(UnaryOperator<Bytes> change) {
        manufacturerKey = change;
        return this;
    }

    public VoucherFixture withPreviousHash(UnaryOperator<Bytes> change) {
        previousHash = change;
        return this;
    }

    public VoucherFixture withHeaderInfoHash(UnaryOperator<Bytes> change) {
        headerInfoHash = change;
        return this;
    }

    public VoucherFixture withEntryKey(UnaryOperator<Bytes> change) {
        entryKey = change;
        return this;
    }

    public VoucherFixture withEntrySignedBy(KeyPair other) {
        entrySigner = other;
        return this;
    }

    /** @param commonNames each of 64 characters at most */
    public VoucherFixture withAuthority(List<String> commonNames) {
        authorityNames = commonNames;
        return this;
    }

    /** OVEExtra of the entry. */
    public VoucherFixture withExtra(String hex) {
        extra = Bytes.fromHex(hex);
        return this;
    }

    public VoucherFixture withoutEntry() {
        withEntry = false;
        return this;
    }

    public VoucherFixture withCertificatesUntil(Instant instant) {
        notAfter = instant;
        return this;
    }

    public Guid guid() {
        return guid;
    }

    public OwnershipVoucher decoded() {
        return OwnershipVoucher.decode(encoded());
    }

    public Bytes encoded() {
        List<Bytes> certificates = chain.apply(certificates());
        Bytes stated = chainHash.apply(HashType.SHA256.hash(certificates.toArray(Bytes[]::new)).encode());
        Bytes key = manufacturerKey.apply(PublicKey.of(manufacturer.getPublic()).encoded());
        Bytes made = new CborWriter()
                .array(6)
                .integer(headerVersion)
                .byteString(Bytes.of(guidOctets))
                .raw(rvInfo)
                .text(deviceInfo)
                .raw(key)
                .raw(stated)
                .toBytes();
        hmacSecret.ifPresent(secret -> madeHmac = hmac(secret, made, madeHmac.length() > 40));
        CborWriter voucher = new CborWriter().array(5).integer(version).byteString(header.apply(made)).raw(hmac.apply(madeHmac)).array(certificates.size());
        certificates.forEach(voucher::byteString);
        voucher.array(withEntry ? 1 : 0);
        if (withEntry) {
            voucher.raw(entry(made));
        }
        return voucher.toBytes();
    }

    private Bytes entry(Bytes madeHeader) {
        Bytes previous = previousHash.apply(HashType.SHA256.hash(madeHeader, madeHmac).encode());
        Bytes info = headerInfoHash.apply(HashType.SHA256
                .hash(Bytes.of(guidOctets), Bytes.owning(deviceInfo.getBytes(StandardCharsets.UTF_8)))
                .encode());
        Bytes payload = new CborWriter()
                .array(4)
                .raw(previous)
                .raw(info)
                .raw(extra)
                .raw(entryKey.apply(PublicKey.of(owner.getPublic()).encoded()))
                .toBytes();
        return CoseSign1.sign(entrySigner.getPrivate(), payload).encoded();
    }

    private List<Bytes> certificates() {
        try {
            Date from = Date.from(Instant.now().minus(Duration.ofDays(30)));
            Date until = Date.from(notAfter);
            X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
            authorityNames.forEach(part -> name.addRDN(BCStyle.CN, part));
            X500Name authorityName = name.build();
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate());
            byte[] leaf = new JcaX509v3CertificateBuilder(authorityName, BigInteger.TWO, from, until, new X500Name("CN=fixture"), device.getPublic())
                    .build(signer)
                    .getEncoded();
            byte[] root = new JcaX509v3CertificateBuilder(authorityName, BigInteger.ONE, from, until, authorityName, authority.getPublic())
                    .build(signer)
                    .getEncoded();
            return new ArrayList<>(List.of(Bytes.owning(leaf), Bytes.owning(root)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
