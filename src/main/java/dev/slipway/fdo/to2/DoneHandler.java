package dev.slipway.fdo.to2;

import dev.slipway.audit.AuditEvent;
import dev.slipway.cbor.Encoded;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.fdo.key.OwnerKeys;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.message.DeviceSetup;
import dev.slipway.fdo.message.To2;
import dev.slipway.fdo.rendezvous.Announcer;
import dev.slipway.fdo.session.Finished;
import dev.slipway.fdo.session.Step;
import dev.slipway.fdo.type.Hmac;
import dev.slipway.fdo.voucher.OvHeader;
import dev.slipway.fdo.voucher.OwnershipVoucher;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import dev.slipway.fdo.voucher.VoucherExtender;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * TO2.Done (70) → TO2.Done2 (71): the commit point. The replacement voucher is extended to ourselves, because a device cannot onboard on a
 * voucher without entries, and it is registered, so that the device can come again.
 */
final class DoneHandler {

    private final OwnerKeys ownerKeys;
    private final Announcer announcer;
    private final Onboarding.Repository onboardings;
    private final Clock clock;

    DoneHandler(OwnerKeys ownerKeys, Announcer announcer, Onboarding.Repository onboardings, Clock clock) {
        this.ownerKeys = ownerKeys;
        this.announcer = announcer;
        this.onboardings = onboardings;
        this.clock = clock;
    }

    Step complete(To2State.ServiceInfoDone state, To2.Done message) {
        To2State.Proven device = state.device();
        if (!message.nonceTo2ProveDv().equals(device.nonceTo2ProveDv())) {
            throw new Invalid("NonceTO2ProveDv is not the one sent");
        }
        Instant now = clock.instant();
        Optional<Onboarding.Replacement> replacement = state.replacementHmac().map(hmac -> replacement(device, hmac));
        onboardings.complete(new Onboarding(device.guid(), replacement, now, event(state, replacement, now)));
        return new Step(new Finished(state.guid()), new To2.Done2(device.setup().nonceTo2SetupDv()));
    }

    /** Composes the very header that the device made its HMAC over. */
    private Onboarding.Replacement replacement(To2State.Proven device, Hmac hmac) {
        DeviceSetup setup = device.setup();
        VerifiedVoucher current = device.owned().voucher();
        OvHeader old = current.voucher().header().value();
        OvHeader header = new OvHeader(
                OwnershipVoucher.VERSION, setup.guid(), setup.rvInfo(), old.deviceInfo(), setup.owner2Key(), old.chainHash());
        SigningKey owner = ownerKeys.of(setup.owner2Key().type());
        VerifiedVoucher made = current.replacedBy(new Encoded<>(header.encode(), header), hmac);
        VerifiedVoucher voucher = VoucherExtender.extend(made, owner, owner.publicKey());
        return new Onboarding.Replacement(voucher, announcer.announce(voucher, owner));
    }

    private static AuditEvent event(To2State.ServiceInfoDone state, Optional<Onboarding.Replacement> replacement, Instant now) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("cipher", state.device().keys().suite().name());
        facts.put("newGuid", replacement.map(r -> r.voucher().guid().toString()).orElse("none, the device keeps its credential"));
        if (!state.skipped().isEmpty()) {
            facts.put("skipped", String.join("; ", state.skipped()));
        }
        return AuditEvent.done("to2.completed", now, "device", state.device().guid().toString(), facts);
    }
}
