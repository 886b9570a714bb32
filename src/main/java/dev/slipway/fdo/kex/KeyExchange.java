package dev.slipway.fdo.kex;

import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.failure.Failure.Internal;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.type.RandomSource;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/**
 * One side of an elliptic-curve key exchange, between sending its own half and receiving the other.
 *
 * <pre>xA, xB = len(x) ‖ x ‖ len(y) ‖ y ‖ len(random) ‖ random        lengths in two octets, big-endian</pre>
 *
 * @see "FIDO Device Onboard 1.1, ECDH Key Exchange"
 */
public final class KeyExchange {

    /** How a peer writes the x coordinate of the shared point when it begins with zero octets: implementations differ. */
    public enum SharedX {
        FIXED_WIDTH,
        STRIPPED
    }

    private final KexSuite suite;
    private final PrivateKey ephemeralKey;
    private final Bytes random;
    private final Bytes message;

    private KeyExchange(KexSuite suite, PrivateKey ephemeralKey, Bytes random, Bytes message) {
        this.suite = suite;
        this.ephemeralKey = ephemeralKey;
        this.random = random;
        this.message = message;
    }

    /**
     * A fresh key and random. Both are drawn again until x, y and random each begin with a non-zero octet: some clients drop leading zeros
     * and would derive another secret.
     */
    public static KeyExchange begin(KexSuite suite, RandomSource source) {
        while (true) {
            KeyPair pair = generate(suite);
            ECPublicKey publicKey = (ECPublicKey) pair.getPublic();
            Bytes x = suite.curve().fixedWidth(publicKey.getW().getAffineX());
            Bytes y = suite.curve().fixedWidth(publicKey.getW().getAffineY());
            Bytes random = source.next(suite.randomOctets());
            if (x.at(0) != 0 && y.at(0) != 0 && random.at(0) != 0) {
                Bytes message = Bytes.concat(withLength(x), withLength(y), withLength(random));
                return new KeyExchange(suite, pair.getPrivate(), random, message);
            }
        }
    }

    /** An exchange with a given key and random, to check recorded ones. */
    static KeyExchange of(KexSuite suite, PrivateKey ephemeralKey, Bytes random) {
        return new KeyExchange(suite, ephemeralKey, random, Bytes.EMPTY);
    }

    private static KeyPair generate(KexSuite suite) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(suite.curve().jcaName()));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new Internal("cannot make an ephemeral key", e);
        }
    }

    public KexSuite suite() {
        return suite;
    }

    /** xA or xB: what the other side gets. */
    public Bytes message() {
        return message;
    }

    /**
     * The shared secret on the owner's side.
     *
     * @throws Malformed if {@code xb} is not three fields
     * @throws Invalid if its point is not on the curve
     */
    public SecretBytes sharedWithDevice(Bytes xb, SharedX form) {
        Half device = Half.decode(suite, xb);
        return secret(device, form, device.random(), random);
    }

    /** The shared secret on the device's side. */
    public SecretBytes sharedWithOwner(Bytes xa) {
        Half owner = Half.decode(suite, xa);
        return secret(owner, SharedX.FIXED_WIDTH, random, owner.random());
    }

    /** {@code ShSe = Shx ‖ DeviceRandom ‖ OwnerRandom}, the device's first on both sides. */
    private SecretBytes secret(Half peer, SharedX form, Bytes deviceRandom, Bytes ownerRandom) {
        try {
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(ephemeralKey);
            agreement.doPhase(peer.publicKey(), true);
            byte[] sharedX = agreement.generateSecret();
            int from = form == SharedX.STRIPPED ? leadingZeros(sharedX) : 0;
            Bytes x = Bytes.owning(sharedX).slice(from, sharedX.length);
            SecretBytes secret = SecretBytes.owning(Bytes.concat(x, deviceRandom, ownerRandom).toArray());
            Arrays.fill(sharedX, (byte) 0);
            return secret;
        } catch (GeneralSecurityException e) {
            throw new Invalid("key agreement failed: " + e.getMessage());
        }
    }

    private static int leadingZeros(byte[] octets) {
        int zeros = 0;
        while (zeros < octets.length && octets[zeros] == 0) {
            zeros++;
        }
        return zeros;
    }

    private static Bytes withLength(Bytes field) {
        return Bytes.concat(Bytes.of((byte) (field.length() >> 8), (byte) field.length()), field);
    }

    /** The half that came from the peer; coordinates may be shorter than the field, or carry a sign octet. */
    private record Half(ECPublicKey publicKey, Bytes random) {

        static Half decode(KexSuite suite, Bytes message) {
            Bytes x = field(message, 0, suite.curve().fieldOctets() + 1);
            Bytes y = field(message, 2 + x.length(), suite.curve().fieldOctets() + 1);
            Bytes random = field(message, 4 + x.length() + y.length(), suite.randomOctets());
            if (6 + x.length() + y.length() + random.length() != message.length() || random.length() != suite.randomOctets()) {
                throw new Malformed("key exchange value of " + message.length() + " octets does not fit " + suite);
            }
            return new Half(suite.curve().publicKey(x, y), random);
        }

        private static Bytes field(Bytes message, int at, int maxOctets) {
            if (at + 2 > message.length()) {
                throw new Malformed("key exchange value ends early");
            }
            int length = message.at(at) << 8 | message.at(at + 1);
            if (length == 0 || length > maxOctets || at + 2 + length > message.length()) {
                throw new Malformed("field of " + length + " octets in a key exchange value");
            }
            return message.slice(at + 2, at + 2 + length);
        }
    }

    @Override
    public String toString() {
        return "KeyExchange[" + suite + "]";
    }
}
