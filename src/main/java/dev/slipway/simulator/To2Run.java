package dev.slipway.simulator;

import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.client.FdoClient;
import dev.slipway.cose.CoseSign1;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.kex.KeyExchange;
import dev.slipway.fdo.kex.MessageProtection;
import dev.slipway.fdo.kex.SessionKeys;
import dev.slipway.fdo.message.DeviceSetup;
import dev.slipway.fdo.message.FdoMessage;
import dev.slipway.fdo.message.MessageCodec;
import dev.slipway.fdo.message.MessageType;
import dev.slipway.fdo.message.OvHdrProof;
import dev.slipway.fdo.message.To2;
import dev.slipway.fdo.rendezvous.To1d;
import dev.slipway.fdo.type.Eat;
import dev.slipway.fdo.type.Hash;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.Hmac;
import dev.slipway.fdo.type.HmacType;
import dev.slipway.fdo.type.Nonce;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.fdo.voucher.OvEntry;
import dev.slipway.fdo.voucher.OvHeader;
import dev.slipway.fdo.voucher.OwnershipVoucher;
import java.util.Optional;

/** The device's side of TO2, message by message, with every check that a device has to make. */
public final class To2Run {

    private static final int MAX_DEVICE_MESSAGE_SIZE = 65_535;
    private static final int SERVICE_INFO_SIZE = 1_300;
    private static final int MAX_ROUNDS = 1_000_000;

    private final FdoClient client;
    private final DeviceKey key;
    private final DeviceCredential credential;
    private final KexSuite kexSuite;
    private final CipherSuite cipherSuite;
    private final RandomSource random;
    private final Nonce nonceTo2ProveOv;
    private final Nonce nonceTo2SetupDv;

    private OvHdrProof proof;
    private PublicKey owner;
    private Bytes before;
    private SessionKeys keys;
    private DeviceSetup setup;
    private SecretBytes newSecret;

    public To2Run(FdoClient client, DeviceKey key, DeviceCredential credential, KexSuite kexSuite, CipherSuite cipherSuite, RandomSource random) {
        this.client = client;
        this.key = key;
        this.credential = credential;
        this.kexSuite = kexSuite;
        this.cipherSuite = cipherSuite;
        this.random = random;
        this.nonceTo2ProveOv = Nonce.random(random);
        this.nonceTo2SetupDv = Nonce.random(random);
    }

    /**
     * All of it: the credential that the device has from now on.
     *
     * @param to1d absent where the rendezvous server was bypassed
     */
    DeviceCredential run(Optional<To1d> to1d, DeviceServiceInfo serviceInfo) {
        return Telling.telling(client, () -> allMessages(to1d, serviceInfo));
    }

    private DeviceCredential allMessages(Optional<To1d> to1d, DeviceServiceInfo serviceInfo) {
        hello();
        for (int i = 0; i < numOvEntries(); i++) {
            fetchEntry(i);
        }
        verifyOwner(to1d);
        proveDevice();
        serviceInfoReady();
        exchangeServiceInfo(serviceInfo);
        return done();
    }

    /** 60, and the checks of 61 that need no entry. */
    public void hello() {
        Bytes sent = new To2.HelloDevice(
                        MAX_DEVICE_MESSAGE_SIZE, credential.guid(), nonceTo2ProveOv, kexSuite.name(), cipherSuite.id(), key.sigInfo())
                .encode();
        Bytes reply = client.exchange(MessageType.TO2_HELLO_DEVICE, sent, MessageType.TO2_PROVE_OV_HDR);
        verify(((To2.ProveOvHdr) MessageCodec.decode(MessageType.TO2_PROVE_OV_HDR, reply)).proof(), sent);
    }

    private void verify(OvHdrProof received, Bytes sent) {
        OvHdrProof.Payload payload = received.payload();
        OvHeader header = payload.header().value();
        verified(received.signed(), received.ownerKey(), "ProveOVHdr is not signed by the owner key in it");
        CheckFailed.require(payload.nonceTo2ProveOv().equals(nonceTo2ProveOv), "NonceTO2ProveOV is not what the device sent");
        Hash helloHash = payload.helloDeviceHash();
        CheckFailed.require(helloHash.equals(helloHash.type().hash(sent)), "helloDeviceHash is not the hash of HelloDevice");
        CheckFailed.require(payload.ebSigInfo().equals(key.sigInfo()), "eBSigInfo is not what the device sent");
        Hmac hmac = payload.hmac().value();
        CheckFailed.require(
                hmac.equals(hmac.type().mac(credential.hmacSecret(), payload.header().bytes())), "HMAC of the header is not the device's own");
        Hash keyHash = credential.publicKeyHash();
        CheckFailed.require(
                keyHash.equals(keyHash.type().hash(header.manufacturerKey().encoded())), "manufacturer key is not the one of the credential");
        CheckFailed.require(header.guid().equals(credential.guid()), "header is for another GUID");
        CheckFailed.require(payload.numOvEntries() >= 1, "voucher without entries");
        proof = received;
        owner = header.manufacturerKey();
        before = Bytes.concat(payload.header().bytes(), payload.hmac().bytes());
    }

    public int numOvEntries() {
        return proof.payload().numOvEntries();
    }

    /** 62, and the checks of 63. */
    public void fetchEntry(int number) {
        Bytes reply = client.exchange(
                MessageType.TO2_GET_OV_NEXT_ENTRY, new To2.GetOvNextEntry(number).encode(), MessageType.TO2_OV_NEXT_ENTRY);
        To2.OvNextEntry answer = (To2.OvNextEntry) MessageCodec.decode(MessageType.TO2_OV_NEXT_ENTRY, reply);
        CheckFailed.require(answer.entryNumber() == number, "entry " + answer.entryNumber() + " came for " + number);
        OvEntry entry = OvEntry.decode(CborItem.decode(answer.entry()));
        verified(entry.signed(), owner, "entry " + number + " is not signed by the owner before");
        HashType hashType = entry.payload().previousHash().type();
        CheckFailed.require(entry.payload().previousHash().equals(hashType.hash(before)), "entry " + number + " does not follow what is before it");
        CheckFailed.require(
                entry.payload().headerInfoHash().equals(hashType.hash(proof.payload().header().value().headerInfo())),
                "entry " + number + " is for another device");
        owner = entry.payload().publicKey();
        before = entry.encoded();
    }

    /** After the last entry: the owner that the voucher ends with is the one that proved itself, and that the rendezvous server named. */
    public void verifyOwner(Optional<To1d> to1d) {
        CheckFailed.require(owner.encoded().equals(proof.ownerKey().encoded()), "last entry is for another owner than ProveOVHdr is from");
        to1d.ifPresent(blob -> verified(blob.signed(), owner, "to1d is not signed by the owner"));
    }

    /** 64, and the checks of 65. */
    public void proveDevice() {
        KeyExchange keyExchange = KeyExchange.begin(kexSuite, random);
        Bytes claims = Eat.of(proof.nonceTo2ProveDv(), credential.guid(), Optional.of(keyExchange.message())).encode();
        Bytes token = CoseSign1.sign(key.privateKey(), To2.ProveDevice.unprotectedHeader(nonceTo2SetupDv), claims).encoded();
        SessionKeys derived = SessionKeys.derive(cipherSuite, keyExchange.sharedWithOwner(proof.payload().xaKeyExchange()));
        Bytes reply = client.exchange(MessageType.TO2_PROVE_DEVICE, token, MessageType.TO2_SETUP_DEVICE);
        keys = derived;
        DeviceSetup received = ((To2.SetupDevice) decrypt(MessageType.TO2_SETUP_DEVICE, reply)).setup();
        verified(received.signed(), received.owner2Key(), "SetupDevice is not signed by Owner2Key");
        CheckFailed.require(received.nonceTo2SetupDv().equals(nonceTo2SetupDv), "NonceTO2SetupDv is not what the device sent");
        setup = received;
    }

    /** 66 and 67, with the HMAC over the header that the device composes for its next owner. */
    public void serviceInfoReady() {
        OvHeader old = proof.payload().header().value();
        OvHeader replacement = new OvHeader(
                OwnershipVoucher.VERSION, setup.guid(), setup.rvInfo(), old.deviceInfo(), setup.owner2Key(), old.chainHash());
        newSecret = SecretBytes.owning(random.next(32).toArray());
        Hmac hmac = HmacType.of(key.type().hashType()).mac(newSecret, replacement.encode());
        exchange(
                new To2.DeviceServiceInfoReady(Optional.of(hmac), Optional.of(SERVICE_INFO_SIZE)),
                MessageType.TO2_OWNER_SERVICE_INFO_READY);
    }

    /** 68 and 69, until the owner is done. */
    public void exchangeServiceInfo(DeviceServiceInfo serviceInfo) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            To2.OwnerServiceInfo answer = serviceInfo(serviceInfo.next());
            serviceInfo.receive(answer);
            if (answer.isDone()) {
                serviceInfo.finish();
                return;
            }
        }
        throw new CheckFailed("owner is not done after " + MAX_ROUNDS + " rounds of service info");
    }

    public To2.OwnerServiceInfo serviceInfo(To2.DeviceServiceInfo message) {
        return (To2.OwnerServiceInfo) exchange(message, MessageType.TO2_OWNER_SERVICE_INFO);
    }

    /** 70 and 71. Only now is the old credential gone. */
    public DeviceCredential done() {
        To2.Done2 done2 = (To2.Done2) exchange(new To2.Done(proof.nonceTo2ProveDv()), MessageType.TO2_DONE2);
        CheckFailed.require(done2.nonceTo2SetupDv().equals(nonceTo2SetupDv), "NonceTO2SetupDv is not what the device sent");
        return new DeviceCredential(
                setup.guid(),
                setup.rvInfo(),
                credential.deviceInfo(),
                key.type().hashType().hash(setup.owner2Key().encoded()),
                newSecret);
    }

    /** Sends an encrypted message, and opens the answer. */
    public FdoMessage exchange(To2.FromDevice message, MessageType expected) {
        return decrypt(expected, client.exchange(message.type(), encrypted(message.encode()), expected));
    }

    public Bytes encrypted(Bytes clear) {
        return MessageProtection.encrypt(keys, clear, random);
    }

    public Nonce nonceTo2ProveDv() {
        return proof.nonceTo2ProveDv();
    }

    private FdoMessage decrypt(MessageType type, Bytes reply) {
        return MessageCodec.decode(type, MessageProtection.decrypt(keys, reply));
    }

    private static void verified(CoseSign1 signed, PublicKey by, String otherwise) {
        try {
            signed.verify(by.key());
        } catch (Invalid e) {
            throw new CheckFailed(otherwise);
        }
    }
}
