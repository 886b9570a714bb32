package dev.slipway.tpm;

import static dev.slipway.tpm.AttestFixture.aQuote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.Vectors;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TpmsAttestTest {

    @Test
    void readsAQuote() {
        TpmsAttest.Quote quote = TpmsAttest.Quote.decode(Vectors.bytes("tpm/quotes/ecdsa256/attest.bin"));
        assertThat(quote.header().magic()).isEqualTo(0xff544347L);
        assertThat(quote.header().type()).isEqualTo(0x8018);
        assertThat(quote.header().extraData()).isEqualTo(Vectors.bytes("tpm/quotes/ecdsa256/nonce.bin"));
        assertThat(quote.header().clockInfo()).isEqualTo(new ClockInfo(0x1a3c, 2, 0, true));
        assertThat(quote.header().firmwareVersion()).isEqualTo(0x2019102300163636L);
        assertThat(quote.pcrSelect()).hasToString("sha256:0,2,4,7,9,11");
        assertThat(quote.pcrDigest().toHex()).startsWith("05363bae");
    }

    @Test
    void readsACertificationOfCreation() {
        TpmsAttest.Creation creation = TpmsAttest.Creation.decode(Vectors.bytes("tpm/certify/creation-dev-p256/attest.bin"));
        assertThat(creation.objectName()).isEqualTo(TpmtPublic.decodeSized(Vectors.bytes("tpm/device-a/dev-p256.pub")).name());
        CreationData data = CreationData.decodeSized(Vectors.bytes("tpm/certify/creation-dev-p256/creation-data.bin"));
        assertThat(data.hash(TpmHash.TPM_ALG_SHA256)).isEqualTo(creation.creationHash());
        Bytes sizedHash = Vectors.bytes("tpm/certify/creation-dev-p256/creation-hash.bin");
        assertThat(creation.creationHash()).isEqualTo(sizedHash.slice(2, sizedHash.length()));
        assertThat(data.parentName()).isEqualTo(Name.ENDORSEMENT);
        assertThat(data.parentQualifiedName()).isEqualTo(Name.ENDORSEMENT);
        assertThat(data.locality()).isEqualTo(1);
        assertThat(data.pcrSelect().pcrs()).isEmpty();
    }

    /** To a key that is not of the endorsement hierarchy a TPM shifts its counts. */
    @Test
    void readsTheShiftedCountsOfAnOwnersKey() {
        TpmsAttest.Quote quote = TpmsAttest.Quote.decode(Vectors.bytes("tpm/quotes/owner-hierarchy-ak/attest.bin"));
        assertThat(quote.header().clockInfo().resetCount()).isEqualTo(900189154L);
    }

    @Test
    void readsTheFixture() {
        TpmsAttest.Quote quote = TpmsAttest.Quote.decode(aQuote().bytes());
        assertThat(quote.pcrSelect()).hasToString("sha256:0,7");
        assertThat(quote.header().clockInfo()).isEqualTo(new ClockInfo(1000, 5, 1, true));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "00544347, 8018", "ff544346, 8018", "ff544347, 8017", "ff544347, 801a", "ff544347, 8014", "ff544347, 8016", "ff544347, 8019", "ff544347, 0000"
    })
    void refusesWhatIsNoQuote(String magic, String type) {
        Bytes attest = aQuote().withMagic(magic).withType(type).bytes();
        assertThatThrownBy(() -> TpmsAttest.Quote.decode(attest)).isInstanceOf(Malformed.class);
        assertThat(TpmsAttest.Header.decode(attest).type()).isEqualTo(Integer.parseInt(type, 16));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65, 66})
    void readsNoncesOfEveryLength(int octets) {
        Bytes nonce = Bytes.owning(new byte[octets]);
        assertThat(TpmsAttest.Quote.decode(aQuote().withNonce(nonce).bytes()).header().extraData()).isEqualTo(nonce);
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatThrownBy(() -> TpmsAttest.Quote.decode(aQuote().withNonce(Bytes.owning(new byte[67])).bytes())).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> TpmsAttest.Quote.decode(aQuote().withClock(1, 1, 2).bytes())).hasMessageContaining("boolean that is 2");
        assertThatThrownBy(() -> TpmsAttest.Quote.decode(Bytes.concat(aQuote().bytes(), Bytes.owning(new byte[1]))))
                .hasMessage("TPMS_ATTEST is followed by 1 octets");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "0000, none", "0003400000, three octets", "00054000000b00, five octets",
        "0021000b33333333333333333333333333333333333333333333333333333333333333, short",
        "00230001000b33333333333333333333333333333333333333333333333333333333333333, unknown hash", "ffff000b, longer than everything"
    })
    void refusesNamesOfOtherShapes(String qualifiedSigner, String what) {
        assertThatThrownBy(() -> TpmsAttest.Quote.decode(aQuote().withQualifiedSigner(qualifiedSigner).bytes())).as(what).isInstanceOf(Malformed.class);
    }

    @Test
    void readsHandlesAsNames() {
        assertThat(TpmsAttest.Quote.decode(aQuote().withQualifiedSigner("00044000000b").bytes()).header().qualifiedSigner()).isEqualTo(Name.ENDORSEMENT);
    }
}
