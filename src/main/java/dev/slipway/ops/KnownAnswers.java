package dev.slipway.ops;

import dev.slipway.bytes.Bytes;
import dev.slipway.cose.EcCurve;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Published answers that the cryptography in use must give before anything relies on it. */
final class KnownAnswers {

    private static final Bytes SAMPLE = Bytes.owning("sample".getBytes(StandardCharsets.US_ASCII));
    private static final Bytes ABC = Bytes.owning("abc".getBytes(StandardCharsets.US_ASCII));
    private static final int GCM_TAG_BITS = 128;

    private KnownAnswers() {}

    static void check() {
        try {
            checkHashes();
            checkMacs();
            checkGcm();
            checkP256();
            checkP384();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cryptography does not work on this machine", e);
        }
    }

    /** NIST FIPS 180-4, example "abc". */
    private static void checkHashes() throws GeneralSecurityException {
        require("SHA-256", MessageDigest.getInstance("SHA-256").digest(ABC.toArray()), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        require(
                "SHA-384",
                MessageDigest.getInstance("SHA-384").digest(ABC.toArray()),
                "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7");
    }

    /** RFC 4231, Test Case 2. */
    private static void checkMacs() throws GeneralSecurityException {
        require("HmacSHA256", mac("HmacSHA256"), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        require(
                "HmacSHA384",
                mac("HmacSHA384"),
                "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649");
    }

    private static byte[] mac(String algorithm) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec("Jefe".getBytes(StandardCharsets.US_ASCII), algorithm));
        return mac.doFinal("what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII));
    }

    /** The Galois/Counter Mode of Operation (McGrew, Viega), Test Cases 2 and 14. */
    private static void checkGcm() throws GeneralSecurityException {
        require("AES-128-GCM", encryptZeros(16), "0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf");
        require("AES-256-GCM", encryptZeros(32), "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
    }

    private static byte[] encryptZeros(int keyOctets) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[keyOctets], "AES"), new GCMParameterSpec(GCM_TAG_BITS, new byte[12]));
        return cipher.doFinal(new byte[16]);
    }

    /** RFC 6979, A.2.5, and RFC 5903, 8.1. */
    private static void checkP256() throws GeneralSecurityException {
        checkSignature(
                "SHA256withECDSAinP1363Format",
                EcCurve.P_256.publicKey(
                        Bytes.fromHex("60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"),
                        Bytes.fromHex("7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299")),
                "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                        + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
        checkAgreement(
                EcCurve.P_256,
                "c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433",
                EcCurve.P_256.publicKey(
                        Bytes.fromHex("d12dfb5289c8d4f81208b70270398c342296970a0bccb74c736fc7554494bf63"),
                        Bytes.fromHex("56fbf3ca366cc23e8157854c13c58d6aac23f046ada30f8353e74f33039872ab")),
                "d6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de");
        checkOwnSignature(EcCurve.P_256, "SHA256withECDSAinP1363Format");
        checkOwnSignature(EcCurve.P_256, "SHA256withECDSA");
    }

    /** RFC 6979, A.2.6, and RFC 5903, 8.2. */
    private static void checkP384() throws GeneralSecurityException {
        checkSignature(
                "SHA384withECDSAinP1363Format",
                EcCurve.P_384.publicKey(
                        Bytes.fromHex("ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b300c64def8f0ea9055866064a254515480bc13"),
                        Bytes.fromHex("8015d9b72d7d57244ea8ef9ac0c621896708a59367f9dfb9f54ca84b3f1c9db1288b231c3ae0d4fe7344fd2533264720")),
                "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c81a648152e44acf96e36dd1e80fabe46"
                        + "99ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8");
        checkAgreement(
                EcCurve.P_384,
                "099f3c7034d4a2c699884d73a375a67f7624ef7c6b3c0f160647b67414dce655e35b538041e649ee3faef896783ab194",
                EcCurve.P_384.publicKey(
                        Bytes.fromHex("e558dbef53eecde3d3fccfc1aea08a89a987475d12fd950d83cfa41732bc509d0d1ac43a0336def96fda41d0774a3571"),
                        Bytes.fromHex("dcfbec7aacf3196472169e838430367f66eebe3c6e70c416dd5f0c68759dd1fff83fa40142209dff5eaad96db9e6386c")),
                "11187331c279962d93d604243fd592cb9d0a926f422e47187521287e7156c5c4d603135569b9e9d09cf5d4a270f59746");
        checkOwnSignature(EcCurve.P_384, "SHA384withECDSAinP1363Format");
        checkOwnSignature(EcCurve.P_384, "SHA384withECDSA");
    }

    private static void checkSignature(String algorithm, PublicKey key, String signature) throws GeneralSecurityException {
        if (!verifies(algorithm, key, SAMPLE, Bytes.fromHex(signature)) || verifies(algorithm, key, ABC, Bytes.fromHex(signature))) {
            throw wrong(algorithm);
        }
    }

    private static boolean verifies(String algorithm, PublicKey key, Bytes message, Bytes signature) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(key);
        verifier.update(message.toArray());
        return verifier.verify(signature.toArray());
    }

    /** Signatures are random, so what is known of a fresh one is that its key verifies it. */
    private static void checkOwnSignature(EcCurve curve, String algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve.jcaName()));
        KeyPair pair = generator.generateKeyPair();
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(pair.getPrivate());
        signer.update(SAMPLE.toArray());
        if (!verifies(algorithm, pair.getPublic(), SAMPLE, Bytes.owning(signer.sign()))) {
            throw wrong(algorithm);
        }
    }

    private static void checkAgreement(EcCurve curve, String privateKey, PublicKey peer, String secret) throws GeneralSecurityException {
        PrivateKey own = KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(new BigInteger(privateKey, 16), curve.parameters()));
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(own);
        agreement.doPhase(peer, true);
        require("ECDH " + curve, agreement.generateSecret(), secret);
    }

    private static void require(String algorithm, byte[] result, String expected) {
        if (!Bytes.of(result).equals(Bytes.fromHex(expected))) {
            throw wrong(algorithm);
        }
    }

    private static IllegalStateException wrong(String algorithm) {
        return new IllegalStateException(algorithm + " gives a wrong result on this machine; nothing is started");
    }
}
