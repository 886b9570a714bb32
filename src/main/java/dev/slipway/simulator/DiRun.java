package dev.slipway.simulator;

import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.client.FdoClient;
import dev.slipway.fdo.message.DeviceMfgInfo;
import dev.slipway.fdo.message.Di;
import dev.slipway.fdo.message.MessageCodec;
import dev.slipway.fdo.message.MessageType;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.HmacType;
import dev.slipway.fdo.type.KeyEncoding;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.fdo.voucher.OvHeader;
import dev.slipway.fdo.voucher.OwnershipVoucher;

/** The device's side of device initialisation. */
public final class DiRun {

    private static final int HMAC_SECRET_OCTETS = 32;

    private final FdoClient client;
    private final KeyType keyType;
    private final Bytes certificateRequest;
    private final RandomSource random;

    /** @param certificateRequest PKCS#10, DER, of a key of this type */
    public DiRun(FdoClient client, KeyType keyType, Bytes certificateRequest, RandomSource random) {
        this.client = client;
        this.keyType = keyType;
        this.certificateRequest = certificateRequest;
        this.random = random;
    }

    public DeviceCredential run(String serial, String deviceInfo) {
        return Telling.telling(client, () -> allMessages(serial, deviceInfo));
    }

    private DeviceCredential allMessages(String serial, String deviceInfo) {
        DeviceMfgInfo mfgInfo = new DeviceMfgInfo(keyType.id(), KeyEncoding.X509.id(), serial, deviceInfo, certificateRequest);
        Bytes reply = client.exchange(
                MessageType.DI_APP_START, new Di.AppStart(mfgInfo).encode(), MessageType.DI_SET_CREDENTIALS);
        Di.SetCredentials credentials = (Di.SetCredentials) MessageCodec.decode(MessageType.DI_SET_CREDENTIALS, reply);
        OvHeader header = credentials.header().value();
        CheckFailed.require(header.version() == OwnershipVoucher.VERSION, "header of version " + header.version());
        CheckFailed.require(header.chainHash().isPresent(), "no hash of the device certificates");
        HashType hashType = keyType.hashType();
        SecretBytes secret = SecretBytes.owning(random.next(HMAC_SECRET_OCTETS).toArray());
        Di.SetHmac setHmac = new Di.SetHmac(HmacType.of(hashType).mac(secret, credentials.header().bytes()));
        Bytes done = client.exchange(MessageType.DI_SET_HMAC, setHmac.encode(), MessageType.DI_DONE);
        MessageCodec.decode(MessageType.DI_DONE, done);
        return new DeviceCredential(
                header.guid(), header.rvInfo(), header.deviceInfo(), hashType.hash(header.manufacturerKey().encoded()), secret);
    }
}
