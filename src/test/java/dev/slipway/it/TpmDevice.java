package dev.slipway.it;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.attestation.EkFixture;
import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.key.PublicKeyPem;
import dev.slipway.tpm.TpmHash;
import dev.slipway.tpm.TpmtPublic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A device at the line, with a software TPM, its keys, and an EK certificate of a vendor that the test made up. */
record TpmDevice(SoftwareTpm tpm, EkFixture vendor) implements AutoCloseable {

    private static final String KEPT_AK = "0x81010100";
    private static final String RESIDENT = "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|sign";

    static TpmDevice start(Path folder, String ekAlgorithm) {
        SoftwareTpm tpm = SoftwareTpm.start(folder(folder));
        tpm.run("createek", "-c", "ek.ctx", "-G", ekAlgorithm, "-u", "ek.pub");
        EkFixture vendor = ekAlgorithm.equals("rsa") ? EkFixture.anRsaEk() : EkFixture.anEccEk();
        TpmtPublic ek = TpmtPublic.decodeSized(tpm.read("ek.pub"));
        tpm.write("ek.cert", vendor.withCertifiedKey(ek.key().publicKey()).certificate().der());
        TpmDevice device = new TpmDevice(tpm, vendor);
        device.createKeys();
        return device;
    }

    private static Path folder(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void createKeys() {
        tpm.run("createak", "-C", "ek.ctx", "-c", "ak.ctx", "-G", "ecc", "-g", "sha256", "-s", "ecdsa", "-u", "ak.pub");
        createDeviceKey(RESIDENT);
    }

    /** From the template that go-fdo-client has, if the attributes are its. */
    void createDeviceKey(String attributes) {
        tpm.run("createprimary", "-C", "e", "-g", "sha256", "-G", "ecc256:ecdsa-sha256:null", "-a", attributes,
                "-c", "dev.ctx", "--creation-data", "creation", "-d", "creation.hash", "-t", "ticket");
        tpm.run("readpublic", "-c", "dev.ctx", "-o", "dev.pub", "-f", "tss");
    }

    /** The certificate where vendors leave it. */
    void storeEkCertificate(String index) {
        String size = Integer.toString(tpm.read("ek.cert").length());
        tpm.run("nvdefine", index, "-C", "p", "-s", size, "-a", "ppwrite|ppread|ownerread|authread|no_da|platformcreate");
        tpm.run("nvwrite", index, "-C", "p", "-i", "ek.cert");
    }

    /** A file with the vendor's root and the CA below it. */
    Path vendorFile() {
        tpm.write("vendor.pem", Bytes.owning(
                (PublicKeyPem.encode(vendor.rootCertificate()) + PublicKeyPem.encode(vendor.intermediateCertificate())).getBytes()));
        return tpm.folder().resolve("vendor.pem");
    }

    Map<String, Bytes> request() {
        Map<String, Bytes> parts = new LinkedHashMap<>();
        parts.put("ek_pub", tpm.read("ek.pub"));
        parts.put("ek_cert", tpm.read("ek.cert"));
        parts.put("ak_pub", tpm.read("ak.pub"));
        parts.put("device_pub", tpm.read("dev.pub"));
        return parts;
    }

    /** Opens both credentials, and certifies the device key with what that gave. */
    Map<String, Bytes> proof(JsonNode challenge) {
        return proof(octets(challenge, "nonce"), octets(challenge, "ak_credential"), octets(challenge, "device_credential"));
    }

    Map<String, Bytes> proof(Bytes nonce, Bytes akCredential, Bytes deviceCredential) {
        activate("ak", akCredential);
        activate("dev", deviceCredential);
        return certified(TpmHash.TPM_ALG_SHA256.digest(nonce, tpm.read("ak.secret"), tpm.read("dev.secret")));
    }

    /** @param proof whatever the device says that it found */
    Map<String, Bytes> certified(Bytes proof) {
        tpm.run("certifycreation", "-C", "ak.ctx", "-c", "dev.ctx", "-d", "creation.hash", "-t", "ticket", "-g", "sha256", "-q", proof.toHex(),
                "--attestation", "attest", "-o", "signature", "-f", "tss");
        Map<String, Bytes> parts = new LinkedHashMap<>();
        parts.put("proof", proof);
        parts.put("creation", tpm.read("attest"));
        parts.put("creation_sig", tpm.read("signature"));
        parts.put("creation_data", tpm.read("creation"));
        return parts;
    }

    static Bytes octets(JsonNode json, String name) {
        return Bytes.owning(Base64.getDecoder().decode(json.path(name).asText()));
    }

    void activate(String key, Bytes credential) {
        tpm.write(key + ".cred", credential);
        tpm.run("startauthsession", "--policy-session", "-S", "session.ctx");
        tpm.run("policysecret", "-S", "session.ctx", "-c", "e");
        tpm.run("activatecredential", "-c", key + ".ctx", "-C", "ek.ctx", "-i", key + ".cred", "-o", key + ".secret", "-P", "session:session.ctx");
        tpm.run("flushcontext", "session.ctx");
    }

    /** The same TPM after its machine was switched off and on. Of its keys only those are loaded that are kept in it. */
    TpmDevice reboot() {
        tpm.close();
        SoftwareTpm again = SoftwareTpm.start(tpm.folder());
        again.run("createek", "-c", "ek.ctx", "-G", "ecc", "-u", "ek.pub");
        again.run("readpublic", "-c", KEPT_AK, "-o", "ak.pub", "-f", "tss");
        return new TpmDevice(again, vendor);
    }

    void keepAk() {
        tpm.run("evictcontrol", "-C", "o", "-c", "ak.ctx", KEPT_AK);
    }

    /** Everything that a device sends after a challenge but the session. */
    Map<String, Bytes> quote(Bytes nonce, String selection) {
        tpm.run("quote", "-c", KEPT_AK, "-l", selection, "-q", nonce.toHex(), "-m", "quote", "-s", "quote.sig", "-o", "pcrs", "-F", "values", "-g", "sha256");
        Map<String, Bytes> parts = new LinkedHashMap<>();
        parts.put("quote", tpm.read("quote"));
        parts.put("signature", tpm.read("quote.sig"));
        parts.put("pcrs", tpm.read("pcrs"));
        return parts;
    }

    /** What the TPM finds in a credential for its kept AK. */
    Bytes open(Bytes credential) {
        openSession(credential);
        tpm.run("activatecredential", "-c", KEPT_AK, "-C", "ek.ctx", "-i", "ticket.cred", "-o", "ticket", "-P", "session:session.ctx");
        tpm.run("flushcontext", "session.ctx");
        return tpm.read("ticket");
    }

    private void openSession(Bytes credential) {
        tpm.write("ticket.cred", credential);
        tpm.run("startauthsession", "--policy-session", "-S", "session.ctx");
        tpm.run("policysecret", "-S", "session.ctx", "-c", "e");
    }

    /** What the tool says to a credential that is another TPM's. */
    String cannotOpen(Bytes credential) {
        openSession(credential);
        String said = tpm.refusal("activatecredential", "-c", KEPT_AK, "-C", "ek.ctx", "-i", "ticket.cred", "-o", "ticket", "-P", "session:session.ctx");
        tpm.run("flushcontext", "session.ctx");
        return said;
    }

    @Override
    public void close() {
        tpm.close();
    }
}
