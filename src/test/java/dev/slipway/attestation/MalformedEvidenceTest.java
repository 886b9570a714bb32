package dev.slipway.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.slipway.attestation.Evidence.Sample;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that real TPMs and tools wrote, cut, lengthened and with each of its bits flipped: a reader gives a value or refuses, does
 * nothing else, and allocates no more than what it was given lets it.
 */
class MalformedEvidenceTest {

    /** Logs may end after any record, and a certificate at its padding. */
    private static final Set<Evidence> OPEN_ENDED = EnumSet.of(Evidence.EVENT_LOG, Evidence.USERSPACE_LOG, Evidence.EK_CERTIFICATE);

    private static final long FIXED_ALLOCATION = 256 * 1024;
    private static final long ALLOCATION_PER_OCTET = 64;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<Sample> sound() {
        return Arrays.stream(Evidence.values()).flatMap(Evidence::sound);
    }

    static Stream<Sample> all() {
        return Arrays.stream(Evidence.values()).flatMap(Evidence::all);
    }

    static Stream<Sample> closed() {
        return sound().filter(sample -> !OPEN_ENDED.contains(sample.kind()));
    }

    private static void readOrRefuse(Evidence kind, Bytes input, String what) {
        long most = FIXED_ALLOCATION + ALLOCATION_PER_OCTET * input.length();
        // What is read for the first time may load classes, so it gets a second chance.
        if (allocated(kind, input, what) > most && allocated(kind, input, what) > most) {
            fail(what + " allocated more than " + most + " octets for an input of " + input.length());
        }
    }

    private static long allocated(Evidence kind, Bytes input, String what) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            kind.reader.accept(input);
        } catch (Failure.Malformed expected) {
            assertThat(expected.getMessage()).isNotBlank();
        } catch (RuntimeException | Error e) {
            fail(what, e);
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static Bytes withBitFlipped(Bytes octets, int bit) {
        byte[] flipped = octets.toArray();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return Bytes.owning(flipped);
    }

    /** What is long is left to samples of its bits; a step that is odd meets each bit of an octet all the same. */
    private static int step(Bytes whole) {
        return whole.length() > 512 ? 7 : 1;
    }

    @ParameterizedTest
    @EnumSource
    void hasSoundSamplesOfEveryKind(Evidence kind) {
        assertThat(kind.sound()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("closed")
    void refusesEveryTruncation(Sample sample) {
        Bytes whole = sample.bytes();
        for (int length = 0; length < whole.length(); length++) {
            Bytes cut = whole.slice(0, length);
            assertThatThrownBy(() -> sample.kind().reader.accept(cut)).as("%s cut to %d", sample, length).isInstanceOf(Failure.Malformed.class);
        }
    }

    @ParameterizedTest
    @MethodSource("closed")
    void refusesOctetsAfterIt(Sample sample) {
        for (String trailing : new String[] {"00", "01", "ff", "0000"}) {
            Bytes longer = Bytes.concat(sample.bytes(), Bytes.fromHex(trailing));
            assertThatThrownBy(() -> sample.kind().reader.accept(longer)).as("%s and %s", sample, trailing).isInstanceOf(Failure.Malformed.class);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void readsOrRefusesEveryTruncation(Sample sample) {
        Bytes whole = sample.bytes();
        for (int length = 0; length <= whole.length(); length++) {
            readOrRefuse(sample.kind(), whole.slice(0, length), sample + " cut to " + length);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void readsOrRefusesEveryFlippedBit(Sample sample) {
        Bytes whole = sample.bytes();
        for (int bit = 0; bit < 8 * whole.length(); bit += step(whole)) {
            readOrRefuse(sample.kind(), withBitFlipped(whole, bit), sample + " with bit " + bit + " flipped");
        }
    }

    /** Where a length or a count may be, the largest numbers there are. */
    @ParameterizedTest
    @MethodSource("all")
    void readsOrRefusesHugeNumbersEverywhere(Sample sample) {
        Bytes whole = sample.bytes();
        for (int at = 0; at + 4 <= whole.length(); at += step(whole)) {
            for (String number : new String[] {"ffffffff", "7fffffff", "ffffff7f"}) {
                Bytes huge = Bytes.concat(whole.slice(0, at), Bytes.fromHex(number), whole.slice(at + 4, whole.length()));
                readOrRefuse(sample.kind(), huge, sample + " with " + number + " at " + at);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void readsOrRefusesEveryOtherKind(Sample sample) {
        for (Evidence kind : Evidence.values()) {
            readOrRefuse(kind, sample.bytes(), sample + " as " + kind);
        }
    }

    @Test
    void passesOverPaddingOfCertificatesOnly() {
        Bytes certificate = TpmVectors.bytes("device-a/ek-rsa2048.cert.der");
        for (String padding : new String[] {"", "00", "ffff", "00ff00"}) {
            assertThat(EkCertificate.decode(Bytes.concat(certificate, Bytes.fromHex(padding))).der()).isEqualTo(certificate);
        }
        for (String other : new String[] {"01", "0001", "ff30", certificate.toHex()}) {
            assertThatThrownBy(() -> EkCertificate.decode(Bytes.concat(certificate, Bytes.fromHex(other)))).isInstanceOf(Failure.Malformed.class);
        }
        assertThatThrownBy(() -> EkCertificate.decode(Bytes.owning(new byte[16 * 1024 + 1]))).hasMessageContaining("16385 octets");
    }
}
