package dev.slipway.ignition.ticket;

import static dev.slipway.ignition.ticket.TicketOffice.BEGIN;
import static dev.slipway.ignition.ticket.TicketOffice.GUID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.device.DeviceState;
import dev.slipway.device.ProofLevel;
import dev.slipway.failure.Failure;
import dev.slipway.ignition.DeviceConfig;
import dev.slipway.ignition.RenderedConfig;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TicketMintTest {

    private final TicketOffice office = new TicketOffice();

    @Test
    void writesAPointerConfigForStockIgnition() {
        String pointer = TicketOffice.text(office.mint().approve(office.device(GUID), "operator").pointer().orElseThrow());
        assertThat(pointer.replaceFirst("Bearer [A-Za-z0-9_-]{43}", "Bearer T")).isEqualTo("{\"ignition\":{\"version\":\"3.1.0\",\"config\":{\"replace\":{"
                + "\"source\":\"https://slipway.example:8443/ignition/v1/config\","
                + "\"httpHeaders\":[{\"name\":\"Authorization\",\"value\":\"Bearer T\"}]}},"
                + "\"security\":{\"tls\":{\"certificateAuthorities\":[{\"source\":\"data:,PEM%0A\"}]}}}}");
    }

    @Test
    void recordsHowATicketWasWon() {
        Ticket approved = office.ticket(office.approved());
        assertThat(approved.proof()).isEqualTo(new Proof(ProofLevel.NONE, Proof.Means.APPROVAL));
        assertThat(approved.state()).isEqualTo(new TicketState.Unused(BEGIN.plus(Duration.ofHours(24))));
        assertThat(approved.statedSerial()).isEmpty();
        Optional<TicketToken> token =
                TicketOffice.token(office.mint().pointerFor(office.device(GUID), GUID, Optional.of("SN-stated"), office.config));
        Ticket onboarded = office.ticket(token);
        assertThat(onboarded.proof()).isEqualTo(new Proof(ProofLevel.OWNERSHIP, Proof.Means.TO2));
        assertThat(onboarded.state()).isEqualTo(new TicketState.Unused(BEGIN.plus(Duration.ofHours(24))));
        assertThat(onboarded.statedSerial()).contains("SN-stated");
        assertThat(office.store.events).extracting(AuditEvent::actor).containsExactly("operator", "device");
    }

    @Test
    void tellsTheAuditorAndKeepsTheTicketToItself() {
        Optional<TicketToken> token = office.approved();
        String text = token.orElseThrow().toHeader().substring("Bearer ".length());
        assertThat(office.store.events.get(0).facts())
                .doesNotContainKeys("profile", "revision")
                .containsEntry("proof", "none")
                .containsEntry("until", "2026-11-25T08:00:00Z")
                .containsEntry("waits", "for nothing");
        assertThat(office.store.events.toString()).doesNotContain(text);
        assertThat(office.store.tickets.toString()).doesNotContain(text);
    }

    @Test
    void approvesTheTicketThatADeviceHasAlready() {
        Optional<TicketToken> waiting = office.waiting();
        assertThat(office.mint().approve(office.device(GUID), "operator").pointer()).isEmpty();
        assertThat(office.ticket(waiting).state()).isEqualTo(new TicketState.Unused(BEGIN.plus(Duration.ofHours(24))));
        assertThat(office.mint().approve(office.device(GUID), "operator").pointer()).as("that one is approved, so here is another").isPresent();
        assertThat(office.ticket(waiting).state())
                .isEqualTo(new TicketState.Ended(TicketState.End.SUPERSEDED, BEGIN, Optional.empty()));
    }

    @Test
    void makesANewTicketWhereTheOneThatWaitedHasExpired() {
        office.waiting();
        office.pass(Duration.ofHours(24));
        assertThat(office.mint().approve(office.device(GUID), "operator").pointer()).isPresent();
    }

    @Test
    void mintsNothingForLessProofThanTheProfileWants() {
        office.restartWithProof("ownership");
        assertThatThrownBy(() -> office.mint().approve(office.device(GUID), "operator"))
                .isInstanceOf(Failure.Forbidden.class)
                .hasMessageContaining("'proof' in its profile.yaml");
        assertThatThrownBy(() -> office.mint().awaitingApproval(office.device(GUID), "operator", UnaryOperator.identity())).isInstanceOf(Failure.Forbidden.class);
        RenderedConfig pointer = office.mint().pointerFor(office.device(GUID), GUID, Optional.empty(), office.config);
        assertThat(TicketOffice.text(pointer)).contains("Bearer ");
        office.restartWithProof("attested");
        assertThatThrownBy(() -> office.mint().pointerFor(office.device(GUID), GUID, Optional.empty(), office.config)).isInstanceOf(Failure.Forbidden.class);
        assertThat(office.store.tickets).hasSize(1);
    }

    /** However it was won. */
    @Test
    void mintsNothingForADeviceWhoseKeyIsNotWhereTheProfileWantsIt() {
        office.restartWithProof("none\ntpm: require");
        DeviceConfig given = office.config;
        for (ThrowingCallable mint : List.<ThrowingCallable>of(
                () -> office.mint().approve(office.device(GUID), "operator"),
                () -> office.mint().awaitingApproval(office.device(GUID), "operator", UnaryOperator.identity()),
                () -> office.mint().pointerFor(office.device(GUID), GUID, Optional.empty(), given),
                () -> office.mint().attested(office.device(GUID), Optional.of(given), Proof.ATTESTED))) {
            assertThatThrownBy(mint)
                    .isInstanceOf(Failure.Forbidden.class)
                    .hasMessageContaining("takes devices whose key is in a TPM, and of this one's is known: what is known; enrol it");
        }
        assertThat(office.store.tickets).isEmpty();
        office.inTpm = true;
        assertThat(office.mint().approve(office.device(GUID), "operator").pointer()).isPresent();
        assertThat(office.mint().attested(office.device(GUID), Optional.of(given), Proof.ATTESTED).length()).isEqualTo(32);
    }

    /** An approval does not help it to prove once more. */
    @Test
    void approvesNothingForADeviceThatIsDoneAndWhoseKeyIsNotWhereTheProfileWantsIt() {
        office.restartWithProof("attested\ntpm: require");
        office.inTpm = true;
        office.mint().attested(office.device(GUID), Optional.of(office.config), Proof.ATTESTED);
        office.mint().revoke(office.device(GUID), "operator");
        office.inTpm = false;
        assertThatThrownBy(() -> office.mint().approve(office.device(GUID), "operator")).isInstanceOf(Failure.Forbidden.class);
        office.inTpm = true;
        assertThat(office.mint().approve(office.device(GUID), "operator").pointer()).isEmpty();
    }

    /** It still has a ticket of before; that is none that came to an end. */
    @Test
    void approvesNothingOnceAnApprovalHasBecomeTooLittle() {
        assertThat(office.mint().approve(office.device(GUID), "operator").pointer()).isPresent();
        office.restartWithProof("attested");
        assertThatThrownBy(() -> office.mint().approve(office.device(GUID), "operator"))
                .isInstanceOf(Failure.Forbidden.class)
                .hasMessageContaining("'proof' in its profile.yaml");
    }

    @Test
    void mintsNothingForADeviceThatIsSomebodyElses() {
        office.register(GUID, DeviceState.RELEASED);
        assertThatThrownBy(() -> office.mint().approve(office.device(GUID), "operator")).isInstanceOf(Failure.Conflict.class);
        assertThatThrownBy(() -> office.mint().awaitingApproval(office.device(GUID), "operator", UnaryOperator.identity())).isInstanceOf(Failure.Conflict.class);
        assertThat(office.store.tickets).isEmpty();
    }

    /** An installer's program that cannot take it leaves the ticket alone that the device has. */
    @Test
    void mintsNothingForAnInstallerWhoCannotTakeIt() {
        Optional<TicketToken> waiting = office.waiting();
        assertThatThrownBy(() -> office.mint().awaitingApproval(office.device(GUID), "operator", pointer -> {
            throw new Failure.NotAcceptable("another version");
        })).isInstanceOf(Failure.NotAcceptable.class);
        assertThat(office.ticket(waiting).state()).isInstanceOf(TicketState.AwaitingApproval.class);
        assertThat(office.store.tickets).hasSize(1);
    }

    @Test
    void revokesWhatADeviceHas() {
        assertThat(office.mint().revoke(office.device(GUID), "operator")).isZero();
        office.waiting();
        assertThat(office.mint().revoke(office.device(GUID), "operator")).isEqualTo(1);
        assertThat(office.store.events).extracting(AuditEvent::id).containsExactly("ticket.revoked", "ticket.minted", "ticket.revoked");
    }

    private Optional<TicketToken> attested(Proof proof) {
        try (SecretBytes octets = office.mint().attested(office.device(GUID), Optional.of(office.config), proof)) {
            return TicketToken.fromHeader(
                    "Bearer " + Base64.getUrlEncoder().withoutPadding().encodeToString(octets.slice(0, octets.length()).toArray()));
        }
    }

    private void assertNoTicketForAQuote(String why) {
        int before = office.store.tickets.size();
        assertThatThrownBy(() -> office.mint().attested(office.device(GUID), Optional.of(office.config), Proof.ATTESTED))
                .isInstanceOf(Failure.Forbidden.class)
                .hasMessageContaining(why)
                .hasMessageContaining("./slipway device approve 7f3b2a90-5c1d-4e8f-9a60-1b2c3d4e5f60 lets it have its config once more");
        assertThat(office.store.tickets).hasSize(before);
    }

    @Test
    void mintsATicketForEachQuoteUntilTheMachineIsDone() {
        attested(Proof.QUOTED);
        Optional<TicketToken> second = attested(Proof.QUOTED);
        office.get(second);
        office.pass(Duration.ofMinutes(1));
        Optional<TicketToken> third = attested(Proof.QUOTED);
        office.get(third);
        assertThat(office.report(third)).isEmpty();
        assertNoTicketForAQuote("reported that it is done");
    }

    @Test
    void mintsNothingForAQuoteAfterARevocationUntilAnOperatorApproves() {
        attested(Proof.QUOTED);
        office.pass(Duration.ofMinutes(1));
        assertThat(office.mint().revoke(office.device(GUID), "operator")).isEqualTo(1);
        assertNoTicketForAQuote("was revoked");
        office.pass(Duration.ofMinutes(1));
        assertThat(office.mint().approve(office.device(GUID), "operator").pointer()).isPresent();
        office.pass(Duration.ofMinutes(1));
        assertThat(office.ticket(attested(Proof.QUOTED)).state()).isInstanceOf(TicketState.Unused.class);
    }

    /** An approval is no proof; but it lets the device prove again what its profile wants. */
    @Test
    void letsADeviceProveOnceMoreWhatAnApprovalIsTooLittleFor() {
        office.restartWithProof("attested");
        attested(Proof.ATTESTED);
        for (int i = 0; i < 2; i++) {
            office.mint().revoke(office.device(GUID), "operator");
            assertNoTicketForAQuote("was revoked");
            office.pass(Duration.ofMinutes(1));
            assertThat(office.mint().approve(office.device(GUID), "operator").pointer()).as("nobody gets a ticket for that").isEmpty();
            office.pass(Duration.ofMinutes(1));
            assertThat(office.mint().approve(office.device(GUID), "operator").pointer()).as("nor if it is said twice").isEmpty();
        }
        office.pass(Duration.ofMinutes(1));
        assertThatThrownBy(() -> attested(Proof.QUOTED)).isInstanceOf(Failure.Forbidden.class).hasMessageContaining("'proof' in its profile.yaml");
        assertThat(office.ticket(attested(Proof.ATTESTED)).proof()).isEqualTo(Proof.ATTESTED);
    }
}
