package dev.slipway.fdo.voucher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.attestation.Reason;
import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborWriter;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.key.KeyEvidence;
import dev.slipway.fdo.voucher.TrustPolicy.Mode;
import dev.slipway.fdo.voucher.VoucherCheck.Result;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a voucher counts as TPM-backed, by what its first entry says. */
class VoucherTrustTest {

    private static final long LABEL = -70001;
    private static final Bytes EVIDENCE = Bytes.fromHex("c0ffee");

    private boolean manufacturerListed;
    private Mode mode = Mode.STRICT;
    private KeyEvidence judge = (evidence, key) -> {
        assertThat(evidence).isEqualTo(EVIDENCE);
        return new KeyEvidence.Vouched("IFX SLB9672 000F1A00", List.of());
    };
    /** {@code << { -70001: h'c0ffee', 5: h'00', "x": 1 } >>} */
    private String extra = new CborWriter().byteString(new CborWriter()
                    .map(3)
                    .integer(LABEL)
                    .byteString(EVIDENCE)
                    .integer(5)
                    .byteString(Bytes.of((byte) 0))
                    .text("x")
                    .integer(1)
                    .toBytes())
            .toBytes()
            .toHex();

    private VoucherCheck tpm() {
        return tpm(VoucherFixture.aVoucher());
    }

    private VoucherCheck tpm(VoucherFixture made) {
        OwnershipVoucher voucher = OwnershipVoucher.decode(made.withExtra(extra).encoded());
        TpmBacking backing = new TpmBacking(key -> false, judge, LABEL);
        VoucherReport report = new VoucherTrust(new TrustPolicy(Mode.RECORD, Mode.RECORD, mode), new ListedManufacturer(() -> manufacturerListed), backing).examine(voucher);
        return report.checks().stream().filter(check -> check.name().equals("voucher.tpm")).findFirst().orElseThrow();
    }

    @Test
    void reportsOnADeviceKeyOfAnotherKindAsWell() throws GeneralSecurityException {
        VoucherFixture edwards = VoucherFixture.aVoucher().withDevice(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        assertThat(tpm(edwards).found()).isEqualTo("evidence in the first entry, by a manufacturer who is not listed");
    }

    @Test
    void believesTheEvidenceOfAManufacturerWhoIsListed() {
        manufacturerListed = true;
        assertThat(tpm().result()).isEqualTo(Result.PASSED);
        assertThat(tpm().found()).isEqualTo("evidence in the first entry, of the TPM IFX SLB9672 000F1A00");
    }

    @Test
    void believesNoEvidenceOfAStranger() {
        assertThat(tpm().result()).isEqualTo(Result.FAILED);
        assertThat(tpm().found()).isEqualTo("evidence in the first entry, by a manufacturer who is not listed");
        mode = Mode.RECORD;
        assertThat(tpm().result()).isEqualTo(Result.NOT_APPLICABLE);
    }

    @Test
    void saysWhyEvidenceDoesNotConvince() {
        manufacturerListed = true;
        judge = (evidence, key) -> {
            throw Reason.SIGNATURE.rejected("signature", "the AK did not sign this");
        };
        assertThat(tpm().result()).isEqualTo(Result.FAILED);
        assertThat(tpm().found()).startsWith("evidence in the first entry that does not convince: ").contains("the AK did not sign this");
    }

    /** Null; an empty map; another label; no byte string under it; bytes that are no CBOR; a map without its byte string. */
    @ParameterizedTest
    @ValueSource(strings = {"f6", "a0", "41a0", "47a13a0001117001", "43ffffff", "a13a0001117043c0ffee"})
    void takesWhateverElseStandsThere(String hex) {
        manufacturerListed = true;
        extra = hex;
        boolean evidence = hex.endsWith("7043c0ffee");
        assertThat(tpm().result()).isEqualTo(evidence ? Result.PASSED : Result.FAILED);
        assertThat(tpm().found()).isEqualTo(
                evidence ? "evidence in the first entry, of the TPM IFX SLB9672 000F1A00" : "nothing says that the device's key is in a TPM");
    }
}
