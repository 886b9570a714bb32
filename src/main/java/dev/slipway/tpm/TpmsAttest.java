package dev.slipway.tpm;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;

/**
 * What a TPM attests to, one record for each type that is accepted.
 *
 * <pre>
 * TPMS_ATTEST = magic u32, type u16, qualifiedSigner TPM2B_NAME, extraData TPM2B, clock u64, resetCount u32, restartCount u32, safe u8,
 *               firmwareVersion u64, attested
 * </pre>
 *
 * A signature proves that somebody signed these octets with the key; that the TPM itself wrote them follows from the magic, and only if the
 * key is restricted.
 *
 * @see "TPM 2.0 Library, Part 2, TPMS_ATTEST"
 */
public sealed interface TpmsAttest {

    /** Every structure that a TPM made starts so, and a restricted key signs nothing else that starts so. */
    long TPM_GENERATED_VALUE = 0xff544347L;

    Header header();

    /** What all types begin with. Magic and type are as received, and for a verifier to judge. */
    record Header(long magic, int type, Name qualifiedSigner, Bytes extraData, ClockInfo clockInfo, long firmwareVersion) {

        private static final int MAX_EXTRA_DATA = 66;

        /**
         * Reads no further than this.
         *
         * @throws Malformed if {@code attest} does not begin with a header
         */
        public static Header decode(Bytes attest) {
            return read(TpmReader.of("TPMS_ATTEST", attest));
        }

        private static Header read(TpmReader reader) {
            long magic = reader.u32();
            int type = reader.u16();
            Name qualifiedSigner = Name.decode(reader.sized(Name.MAX_OCTETS));
            Bytes extraData = reader.sized(MAX_EXTRA_DATA);
            ClockInfo clockInfo = ClockInfo.read(reader);
            return new Header(magic, type, qualifiedSigner, extraData, clockInfo, reader.u64());
        }

        private void require(int expectedType) {
            if (magic != TPM_GENERATED_VALUE || type != expectedType) {
                throw new Malformed("TPMS_ATTEST of magic 0x%08x and type 0x%04x, not 0x%04x".formatted(magic, type, expectedType));
            }
        }
    }

    /** @param pcrDigest over the values in the order of {@code pcrSelect} */
    record Quote(Header header, PcrSelection pcrSelect, Bytes pcrDigest) implements TpmsAttest {

        public static final int TYPE = 0x8018;

        /** @throws Malformed if {@code attest} is not exactly one quote */
        public static Quote decode(Bytes attest) {
            TpmReader reader = TpmReader.of("TPMS_ATTEST", attest);
            Header header = Header.read(reader);
            header.require(TYPE);
            Quote quote = new Quote(header, PcrSelection.read(reader), reader.sized(TpmHash.MAX_OCTETS));
            reader.end();
            return quote;
        }
    }

    /** An object with this Name is loaded in the TPM. */
    record Certify(Header header, Name name, Name qualifiedName) implements TpmsAttest {

        public static final int TYPE = 0x8017;

        /** @throws Malformed if {@code attest} is not exactly one certification */
        public static Certify decode(Bytes attest) {
            TpmReader reader = TpmReader.of("TPMS_ATTEST", attest);
            Header header = Header.read(reader);
            header.require(TYPE);
            Certify certify = new Certify(header, Name.decode(reader.sized(Name.MAX_OCTETS)), Name.decode(reader.sized(Name.MAX_OCTETS)));
            reader.end();
            return certify;
        }
    }

    /** The TPM made an object with this Name, under circumstances that hash to {@code creationHash}. */
    record Creation(Header header, Name objectName, Bytes creationHash) implements TpmsAttest {

        public static final int TYPE = 0x801a;

        /** @throws Malformed if {@code attest} is not exactly one certification of creation */
        public static Creation decode(Bytes attest) {
            TpmReader reader = TpmReader.of("TPMS_ATTEST", attest);
            Header header = Header.read(reader);
            header.require(TYPE);
            Creation creation = new Creation(header, Name.decode(reader.sized(Name.MAX_OCTETS)), reader.sized(TpmHash.MAX_OCTETS));
            reader.end();
            return creation;
        }
    }
}
