package dev.slipway.cli;

import dev.slipway.attestation.Booted;
import dev.slipway.attestation.EnrolledAk;
import dev.slipway.attestation.MeasurementLog;
import dev.slipway.attestation.PcrSignature;
import dev.slipway.attestation.PcrSignatureFile;
import dev.slipway.attestation.PcrValues;
import dev.slipway.attestation.QuoteChallenge;
import dev.slipway.attestation.QuoteVerifier;
import dev.slipway.attestation.RecordedQuote;
import dev.slipway.attestation.SignedAttest;
import dev.slipway.attestation.UserspaceLog;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import dev.slipway.tpm.EventLog;
import dev.slipway.tpm.TpmtPublic;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Evidence in files, as tpm2_quote and a kernel leave it. */
final class EvidenceOptions {

    @Option(names = "--quote", paramLabel = "FILE", required = true, description = "TPMS_ATTEST, as tpm2_quote --message writes it")
    private Path quote;

    @Option(names = "--signature", paramLabel = "FILE", description = "of the quote, as tpm2_quote --signature writes it; verified with --ak")
    private Optional<Path> signature;

    @Option(names = "--ak", paramLabel = "FILE", description = "the AK that signed, TPM2B_PUBLIC, as tpm2_createak --public writes it")
    private Optional<Path> ak;

    @Option(names = "--pcrs", paramLabel = "FILE",
            description = "the quoted values, as tpm2_quote --pcr --pcrs_format values writes them; without it, what the log leads to")
    private Optional<Path> pcrs;

    @Option(names = "--log", paramLabel = "FILE", description = "of the firmware: /sys/kernel/security/tpm0/binary_bios_measurements")
    private Optional<Path> log;

    @Option(names = "--userspace-log", paramLabel = "FILE", description = "of systemd: /run/log/systemd/tpm2-measure.log")
    private Optional<Path> userspaceLog;

    @Option(names = "--pcrsig", paramLabel = "FILE", description = "signed PCR policies: /run/systemd/tpm2-pcr-signature.json")
    private Optional<Path> pcrsig;

    /** Whether {@link #booted} verifies who signed the quote. */
    boolean areVerified() {
        return ak.isPresent() && signature.isPresent();
    }

    /** @throws CommandFailed if a file is not what it should be, or the quote is not over these values, or not signed by the AK */
    Booted booted() {
        Bytes attest = octets(quote);
        RecordedQuote recorded = decoded(quote, RecordedQuote::decode);
        Optional<MeasurementLog> measured = log.map(file -> MeasurementLog.of(
                decoded(file, EventLog::decode), userspaceLog.map(other -> decoded(other, UserspaceLog::decode)).orElse(List.of())));
        PcrValues values = pcrs.map(file -> recorded.values(octets(file))
                        .orElseThrow(() -> new CommandFailed(file + " does not hold the values that " + quote + " is over")))
                .or(() -> measured.flatMap(recorded::values))
                .orElseThrow(() -> new CommandFailed(
                        "the values that " + quote + " is over are not those that the log leads to; give them with --pcrs"));
        if (areVerified()) {
            verify(attest, recorded, values);
        }
        List<PcrSignature> signatures = pcrsig.map(file -> decoded(file, PcrSignatureFile::decode)).orElse(List.of());
        return new Booted(values, measured, signatures);
    }

    private void verify(Bytes attest, RecordedQuote recorded, PcrValues values) {
        TpmtPublic key = decoded(ak.orElseThrow(), TpmtPublic::decodeSized);
        QuoteChallenge challenge = new QuoteChallenge(key.name(), recorded.quote().header().extraData(), recorded.quote().pcrSelect());
        Bytes concatenated = Bytes.concat(recorded.quote().pcrSelect().pcrs().stream().map(values.values()::get).toArray(Bytes[]::new));
        try {
            new QuoteVerifier(name -> Optional.of(new EnrolledAk(key, Optional.empty())))
                    .verify(SignedAttest.decode(attest, octets(signature.orElseThrow())), concatenated, challenge);
        } catch (Failure e) {
            throw new CommandFailed(quote + " does not convince: " + e.getMessage());
        }
    }

    private static Bytes octets(Path file) {
        return Bytes.owning(InputFile.read(file));
    }

    private static <T> T decoded(Path file, Function<Bytes, T> decoder) {
        try {
            return decoder.apply(octets(file));
        } catch (Failure e) {
            throw new CommandFailed(file + ": " + e.getMessage());
        }
    }
}
