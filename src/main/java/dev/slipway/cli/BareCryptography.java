package dev.slipway.cli;

import dev.slipway.bytes.Bytes;
import dev.slipway.cose.CoseSign1;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.kex.KeyExchange;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.simulator.DeviceKey;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * What the public-key cryptography of one TO1 and TO2 costs the server when there is nothing around it: two proofs to verify (32, 64), a key
 * exchange, and four signatures (61, 65, the replacement's entry, its registration).
 */
final class BareCryptography {

    private static final int WARM_UP = 300;
    private static final int MEASURED = 500;
    private static final Bytes MESSAGE = Bytes.owning(new byte[300]);

    private BareCryptography() {}

    /** Nanoseconds of CPU for one onboarding. */
    static long measure(KeyType keyType, KexSuite kexSuite, RandomSource random) {
        DeviceKey owner = DeviceKey.generate(keyType);
        for (int i = 0; i < WARM_UP; i++) {
            onboarding(keyType, kexSuite, owner, random);
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long cpu = 0;
        for (int i = 0; i < MEASURED; i++) {
            DeviceKey device = DeviceKey.generate(keyType);
            CoseSign1 proof = CoseSign1.sign(device.privateKey(), MESSAGE);
            KeyExchange peer = KeyExchange.begin(kexSuite, random);
            long started = threads.getCurrentThreadCpuTime();
            server(kexSuite, owner, device, proof, peer, random);
            cpu += threads.getCurrentThreadCpuTime() - started;
        }
        return cpu / MEASURED;
    }

    private static void onboarding(KeyType keyType, KexSuite kexSuite, DeviceKey owner, RandomSource random) {
        DeviceKey device = DeviceKey.generate(keyType);
        server(kexSuite, owner, device, CoseSign1.sign(device.privateKey(), MESSAGE), KeyExchange.begin(kexSuite, random), random);
    }

    private static void server(KexSuite kexSuite, DeviceKey owner, DeviceKey device, CoseSign1 proof, KeyExchange peer, RandomSource random) {
        proof.verify(device.publicKey());
        proof.verify(device.publicKey());
        KeyExchange.begin(kexSuite, random).sharedWithDevice(peer.message(), KeyExchange.SharedX.FIXED_WIDTH).close();
        for (int signature = 0; signature < 4; signature++) {
            CoseSign1.sign(owner.privateKey(), MESSAGE);
        }
    }
}
