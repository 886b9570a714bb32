package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.Name;
import dev.slipway.tpm.SymmetricCipher;
import dev.slipway.tpm.TpmtPublic;
import java.util.Optional;
import java.util.Set;

/**
 * A public area made from one of the EK templates. It matters which: with other attributes a key that a vendor certified could be used in
 * ways that make credential activation prove nothing.
 *
 * @see "TCG EK Credential Profile for TPM Family 2.0, Default EK Templates"
 */
public final class EndorsementKey {

    /** fixedTPM, fixedParent, sensitiveDataOrigin, adminWithPolicy, restricted, decrypt. */
    static final long LOW_RANGE = 0x000300b2L;

    /** The same and userWithAuth. */
    static final long HIGH_RANGE = 0x000300f2L;

    /** PolicySecret of the endorsement hierarchy. */
    static final Bytes POLICY_A_SHA256 = Bytes.fromHex("837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa");

    /** That, or PolicyAuthorizeNV of index 01C07F01, 01C07F02 or 01C07F03. */
    static final Bytes POLICY_B_SHA256 = Bytes.fromHex("ca3d0a99a2b93906f7a3342414efcfb3a385d44cd1fd459089d19b5071c0b7a0");

    static final Bytes POLICY_B_SHA384 =
            Bytes.fromHex("b26e7d28d11a50bc53d882bcf5fd3a1a074148bb35d3b4e4cb1c0ad9bde419cacb47ba09699646150f9fc000f3f80e12");

    static final Bytes POLICY_B_SHA512 = Bytes.fromHex("b8221ca69e8550a4914de3faa6a18c072cc01208073a928d5d66d59ef79e49a4"
            + "29c41a6b269571d57edb25fbdb1838425608b413cd616a5f6db5b6071af99bea");

    private static final Set<Long> ATTRIBUTES = Set.of(LOW_RANGE, HIGH_RANGE);
    private static final Set<Bytes> POLICIES = Set.of(POLICY_A_SHA256, POLICY_B_SHA256, POLICY_B_SHA384, POLICY_B_SHA512);
    private static final Set<Integer> AES_BITS = Set.of(128, 256);

    private final TpmtPublic publicArea;

    private EndorsementKey(TpmtPublic publicArea) {
        this.publicArea = publicArea;
    }

    /** @throws dev.slipway.failure.Failure.AttestationRejected if it follows no EK template */
    public static EndorsementKey of(TpmtPublic publicArea) {
        defect(publicArea).ifPresent(defect -> {
            throw Reason.EK_ATTRIBUTES.rejected("ek", defect);
        });
        return new EndorsementKey(publicArea);
    }

    /** What is not as in any template. */
    static Optional<String> defect(TpmtPublic publicArea) {
        if (!ATTRIBUTES.contains(publicArea.attributes().bits())) {
            return Optional.of("no EK template has the attributes " + publicArea.attributes());
        }
        if (!POLICIES.contains(publicArea.authPolicy())) {
            return Optional.of("no EK template has the policy " + publicArea.authPolicy());
        }
        if (!publicArea.symmetric().map(SymmetricCipher::keyBits).filter(AES_BITS::contains).isPresent()) {
            return Optional.of("an EK encrypts with AES-128-CFB or AES-256-CFB");
        }
        return Optional.empty();
    }

    public TpmtPublic publicArea() {
        return publicArea;
    }

    public Name name() {
        return publicArea.name();
    }

    /** Bits of the AES key that protects a credential. */
    int symmetricKeyBits() {
        return publicArea.symmetric().orElseThrow().keyBits();
    }
}
