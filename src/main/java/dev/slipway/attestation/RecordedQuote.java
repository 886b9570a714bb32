package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.TpmHash;
import dev.slipway.tpm.TpmsAttest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a quote says that somebody kept. Nobody vouches for it: that its challenge was fresh and its AK enrolled was seen when it came. */
public record RecordedQuote(TpmsAttest.Quote quote) {

    /** @throws dev.slipway.failure.Failure.Malformed if it is no quote */
    public static RecordedQuote decode(Bytes attest) {
        return new RecordedQuote(TpmsAttest.Quote.decode(attest));
    }

    /** The quoted values, from those that were sent with it; empty if it is over others. */
    public Optional<PcrValues> values(Bytes concatenated) {
        return PcrValues.split(quote.pcrSelect(), concatenated).filter(values -> isOver(concatenated));
    }

    private boolean isOver(Bytes concatenated) {
        return Arrays.stream(TpmHash.values()).anyMatch(hash -> hash.digest(concatenated).equals(quote.pcrDigest()));
    }

    /** The same from a log, if it leads to them, or does with the phases that are in no log. */
    public Optional<PcrValues> values(MeasurementLog log) {
        for (List<BootPhase> phases : BootPhase.paths()) {
            MeasurementLog longer = log.followedBy(phases);
            Bytes concatenated = Bytes.concat(quote.pcrSelect().pcrs().stream().map(longer::value).flatMap(Optional::stream).toArray(Bytes[]::new));
            Optional<PcrValues> values = values(concatenated);
            if (values.isPresent()) {
                return values;
            }
        }
        return Optional.empty();
    }
}
