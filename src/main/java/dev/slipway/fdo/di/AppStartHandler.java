package dev.slipway.fdo.di;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.Encoded;
import dev.slipway.failure.Failure.Forbidden;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.key.CertificateRequest;
import dev.slipway.fdo.key.DeviceCa;
import dev.slipway.fdo.key.ManufacturerKeys;
import dev.slipway.fdo.key.ProvenKeys;
import dev.slipway.fdo.key.TcgPolicy;
import dev.slipway.fdo.key.TpmPolicy;
import dev.slipway.fdo.message.DeviceMfgInfo;
import dev.slipway.fdo.message.Di;
import dev.slipway.fdo.session.Step;
import dev.slipway.fdo.type.CertificateChain;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.fdo.voucher.OvHeader;
import dev.slipway.fdo.voucher.OwnershipVoucher;
import java.security.PublicKey;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** DI.AppStart (10) → DI.SetCredentials (11): certifies the device's key and composes the header of its voucher. */
final class AppStartHandler {

    private static final Pattern COMMON_NAME = Pattern.compile("[A-Za-z0-9._:+/ -]{1,64}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
    private static final String NAMELESS = "device";

    private final ManufacturingPolicy policy;
    private final ManufacturerKeys manufacturerKeys;
    private final DeviceCa deviceCa;
    private final ProvenKeys provenKeys;
    private final RandomSource random;

    AppStartHandler(
            ManufacturingPolicy policy, ManufacturerKeys manufacturerKeys, DeviceCa deviceCa, ProvenKeys provenKeys, RandomSource random) {
        this.policy = policy;
        this.manufacturerKeys = manufacturerKeys;
        this.deviceCa = deviceCa;
        this.provenKeys = provenKeys;
        this.random = random;
    }

    Step open(Di.AppStart message, TpmPolicy tpm) {
        DeviceMfgInfo device = message.deviceMfgInfo();
        KeyType keyType = keyType(device);
        if (CONTROL.matcher(device.deviceInfo()).find()) {
            throw new Invalid("control character in DeviceInfo");
        }
        PublicKey deviceKey = certifiedKey(device, keyType);
        CertificateChain chain = deviceCa.issue(deviceKey, commonName(device, deviceKey), policies(deviceKey, tpm));
        OvHeader header = new OvHeader(
                OwnershipVoucher.VERSION,
                Guid.random(random),
                policy.rvInfo(),
                deviceInfo(device),
                manufacturerKeys.of(policy.keyTypeFor(keyType)).publicKey(),
                Optional.of(chain.hash(keyType.hashType())));
        Encoded<OvHeader> encoded = new Encoded<>(header.encode(), header);
        return new Step(new DiState.CredentialsSet(device.serial(), encoded, chain), new Di.SetCredentials(encoded));
    }

    /** The subject that is asked for is not ours to vouch for. */
    private static PublicKey certifiedKey(DeviceMfgInfo device, KeyType announced) {
        PublicKey key = CertificateRequest.verify(device.csr()).key();
        if (KeyType.of(key).filter(announced::equals).isEmpty()) {
            throw new Invalid("key of the certificate request is not " + announced);
        }
        return key;
    }

    /** What the certificate says of the key. */
    private Set<TcgPolicy> policies(PublicKey deviceKey, TpmPolicy tpm) {
        boolean proven = tpm != TpmPolicy.NONE && provenKeys.include(deviceKey);
        if (tpm == TpmPolicy.REQUIRE && !proven) {
            throw new Forbidden("the device's key was not proven to be in a TPM, which this station requires; enrol it first, by deploy/factory/enroll.sh");
        }
        return proven ? TcgPolicy.OF_A_DEVICE_KEY : Set.of();
    }

    private static KeyType keyType(DeviceMfgInfo device) {
        try {
            KeyType type = KeyType.ofId(device.keyType());
            if (!type.isElliptic()) {
                throw new Invalid("device keys of type " + type + " are not certified here");
            }
            return type;
        } catch (Malformed e) {
            throw new Invalid(e.getMessage());
        }
    }

    /** Vouchers without device info are refused by other implementations. */
    private static String deviceInfo(DeviceMfgInfo device) {
        if (!device.deviceInfo().isBlank()) {
            return device.deviceInfo();
        }
        return COMMON_NAME.matcher(device.serial()).matches() ? device.serial() : NAMELESS;
    }

    /** The serial number where it will do for a name; else what the key itself says. */
    private static String commonName(DeviceMfgInfo device, PublicKey deviceKey) {
        return COMMON_NAME.matcher(device.serial()).matches()
                ? device.serial()
                : HashType.SHA256.hash(Bytes.owning(deviceKey.getEncoded())).value().slice(0, 16).toHex();
    }
}
