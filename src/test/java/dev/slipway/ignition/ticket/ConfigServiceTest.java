package dev.slipway.ignition.ticket;

import static dev.slipway.ignition.ticket.TicketOffice.BEGIN;
import static dev.slipway.ignition.ticket.TicketOffice.GUID;
import static dev.slipway.ignition.ticket.TicketOffice.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.audit.AuditEvent;
import dev.slipway.device.DeviceState;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.type.Guid;
import dev.slipway.ignition.ProfileRevision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a request for a config gets, for everything that can be true of a ticket. */
class ConfigServiceTest {

    private static final String CONFIG = "{\"ignition\":{\"version\":\"3.4.0\"},\"storage\":{\"files\":[{\"path\":\"/etc/x\",\"mode\":384,"
            + "\"contents\":{\"source\":\"data:,SN-7%207f3b2a90-5c1d-4e8f-9a60-1b2c3d4e5f60%20s3cret\"}}]}}";

    private final TicketOffice office = new TicketOffice();

    private static String given(ConfigAnswer answer) {
        assertThat(answer).isInstanceOf(ConfigAnswer.Given.class);
        return TicketOffice.text(((ConfigAnswer.Given) answer).config());
    }

    private static Failure refused(ConfigAnswer answer, Class<? extends Failure> type) {
        assertThat(answer).isInstanceOf(ConfigAnswer.Refused.class);
        Failure cause = ((ConfigAnswer.Refused) answer).cause();
        assertThat(cause).isInstanceOf(type);
        return cause;
    }

    private List<String> events() {
        return office.store.events.stream().map(AuditEvent::id).toList();
    }

    @Test
    void givesTheDevicesConfigAndStartsALease() {
        Optional<TicketToken> token = office.approved();
        assertThat(given(office.get(token))).isEqualTo(CONFIG);
        assertThat(office.ticket(token).state())
                .isEqualTo(new TicketState.Leased(BEGIN, BEGIN.plus(Duration.ofHours(1)), "192.0.2.7"));
        assertThat(events()).containsExactly("ticket.minted", "lease.started");
        assertThat(office.store.events.get(1).facts())
                .containsEntry("proof", "none")
                .containsEntry("means", "approval")
                .containsEntry("version", "3.4.0")
                .containsEntry("octets", "166")
                .containsEntry("sha512", "996fe02ea18c3d9d3563b355b0ae5f9b8535a8baa2b96653491d09bf3a842de06b65f35dff424e6a01648904e67cecaf56aa25ddc3b2ee3e02f2dd6cfeef1778")
                .containsEntry("userAgent", "Ignition/2.27.0")
                .containsEntry("address", "192.0.2.7");
        assertThat(office.store.events.get(1).guid()).contains(GUID.toString());
    }

    /** It would be rendered otherwise now; within the lease, the octets are those of the first time. */
    @Test
    void givesTheSameOctetsForAsLongAsTheLeaseLasts() {
        Optional<TicketToken> token = office.approved();
        given(office.get(token));
        office.restartWithSecret("another");
        office.pass(Duration.ofMinutes(59));
        assertThat(given(office.get(token))).isEqualTo(CONFIG);
        assertThat(given(office.look(token))).isEqualTo(CONFIG);
        office.pass(Duration.ofMinutes(1));
        assertThat(refused(office.get(token), Failure.Forbidden.class)).hasMessageContaining("expired");
        assertThat(events()).containsExactly("ticket.minted", "lease.started", "ticket.second-consumer");
    }

    @Test
    void startsNoLeaseForOneThatOnlyLooks() {
        Optional<TicketToken> token = office.approved();
        assertThat(given(office.look(token))).isEqualTo(CONFIG);
        assertThat(office.ticket(token).state()).isInstanceOf(TicketState.Unused.class);
        assertThat(events()).containsExactly("ticket.minted");
    }

    @Test
    void letsADeviceWaitUntilAnOperatorApproves() {
        Optional<TicketToken> token = office.waiting();
        assertThat(refused(office.get(token), Failure.NotYet.class)).hasMessageContaining("device approve");
        assertThat(refused(office.look(token), Failure.NotYet.class)).hasMessageContaining("device approve");
        assertThat(office.mint().approve(office.device(GUID), "operator").pointer()).isEmpty();
        assertThat(given(office.get(token))).isEqualTo(CONFIG);
        assertThat(events()).containsExactly("ticket.minted", "ticket.approved", "lease.started");
    }

    /** A device that asks every five seconds for three days: its ticket lives, and storage is written six times. */
    @Test
    void keepsTheTicketOfADeviceThatWaitsAlive() {
        Optional<TicketToken> token = office.waiting();
        for (int i = 0; i < Duration.ofDays(3).toSeconds() / 5; i++) {
            refused(office.get(token, STRANGER), i % 12 < TicketOffice.REQUESTS_PER_MINUTE ? Failure.NotYet.class : Failure.Busy.class);
            office.pass(Duration.ofSeconds(5));
        }
        assertThat(office.store.extensions).isBetween(5, 6);
        office.mint().approve(office.device(GUID), "operator");
        assertThat(given(office.get(token))).isEqualTo(CONFIG);
    }

    @Test
    void forgetsATicketThatNobodyShows() {
        Optional<TicketToken> token = office.waiting();
        office.pass(Duration.ofHours(23));
        assertThat(office.mint().approve(office.device(GUID), "operator").pointer()).isEmpty();
        office.pass(Duration.ofHours(24).minusMillis(1));
        assertThat(given(office.look(token))).isEqualTo(CONFIG);
        office.pass(Duration.ofMillis(1));
        assertThat(refused(office.get(token), Failure.Forbidden.class)).hasMessageContaining("expired");
        assertThat(events()).as("nobody had fetched it, so nobody is the second").containsExactly("ticket.minted", "ticket.approved");
    }

    @ParameterizedTest
    @EnumSource(Proof.Means.class)
    void letsATicketLiveAsItsMeansWants(Proof.Means means) {
        Duration lifetime =
                switch (means) {
                    case APPROVAL, TO2 -> Duration.ofHours(24);
                    case ATTESTATION -> Duration.ofMinutes(10);
                };
        assertThat(means.lifetime()).isEqualTo(lifetime);
    }

    @Test
    void endsTheLeaseWhenTheMachineReports() {
        Optional<TicketToken> token = office.approved();
        assertThat(office.report(token)).as("before it fetched anything").isPresent();
        given(office.get(token));
        office.pass(Duration.ofMinutes(5));
        assertThat(office.report(token)).isEmpty();
        assertThat(office.report(token)).as("again, since the answer was lost").isEmpty();
        assertThat(refused(office.get(token, STRANGER), Failure.Forbidden.class)).hasMessageContaining("reported");
        assertThat(events()).containsExactly("ticket.minted", "lease.started", "lease.reported", "ticket.second-consumer");
    }

    @Test
    void takesNoReportWithoutALease() {
        assertThat(office.report(Optional.empty()).orElseThrow().cause()).isInstanceOf(Failure.Forbidden.class);
        Optional<TicketToken> expired = office.approved();
        given(office.get(expired));
        office.pass(Duration.ofHours(1));
        assertThat(office.report(expired).orElseThrow().cause()).isInstanceOf(Failure.Forbidden.class);
        Optional<TicketToken> revoked = office.approved();
        given(office.get(revoked));
        office.mint().revoke(office.device(GUID), "operator");
        assertThat(office.report(revoked).orElseThrow().cause()).isInstanceOf(Failure.Forbidden.class);
        assertThat(office.report(revoked).orElseThrow().guid()).contains(GUID);
    }

    @Test
    void raisesOneAlarmForASecondConsumer() {
        Optional<TicketToken> token = office.approved();
        given(office.get(token));
        assertThat(office.mint().revoke(office.device(GUID), "operator")).isEqualTo(1);
        for (int i = 0; i < 3; i++) {
            refused(office.get(token, STRANGER), Failure.Forbidden.class);
        }
        assertThat(events()).containsExactly("ticket.minted", "lease.started", "ticket.revoked", "ticket.second-consumer");
        assertThat(office.ticket(token).alarm()).contains(new Ticket.Alarm(BEGIN, "198.51.100.9"));
        AuditEvent alarm = office.store.events.get(3);
        assertThat(alarm.outcome()).isEqualTo(AuditEvent.Outcome.REFUSED);
        assertThat(alarm.guid()).contains(GUID.toString());
        assertThat(alarm.facts()).containsEntry("address", "198.51.100.9").containsEntry("ended", BEGIN + ", revoked");
    }

    @Test
    void raisesAnAlarmForATicketThatWasReplacedAfterItWasUsed() {
        Optional<TicketToken> first = office.approved();
        given(office.get(first));
        Optional<TicketToken> second = office.approved();
        refused(office.get(first, STRANGER), Failure.Forbidden.class);
        assertThat(given(office.get(second))).isEqualTo(CONFIG);
        assertThat(events()).containsExactly("ticket.minted", "lease.started", "ticket.minted", "ticket.second-consumer", "lease.started");
    }

    @Test
    void refusesTicketsThatThereAreNot() {
        office.approved();
        refused(office.get(Optional.empty()), Failure.Forbidden.class);
        refused(office.get(Optional.of(TicketToken.random(VoucherFixture::random))), Failure.Forbidden.class);
        assertThat(office.store.configs).isEmpty();
    }

    @Test
    void letsAConfigReportWithTheTicketItWasFetchedWith() {
        office.restartWithTemplate("{{ ticket.given ? ticket.done_url + '|' + ticket.authorization + '|' + ticket.certificates : 'none' }}");
        Optional<TicketToken> token = office.approved();
        assertThat(given(office.get(token))).contains("data:,https%3A%2F%2Fslipway.example%3A8443%2Fignition%2Fv1%2Fdone%7C"
                + token.orElseThrow().toHeader().replace(" ", "%20") + "%7CPEM%0A");
    }

    @Test
    void refusesATicketForAnotherService() {
        Optional<TicketToken> token = office.approved();
        office.restartWithAudience("https://copy.example/ignition/v1/config");
        assertThat(refused(office.get(token), Failure.Forbidden.class)).hasMessageContaining("is for https://slipway.example:8443");
        assertThat(office.report(token)).isPresent();
        assertThat(office.store.configs).isEmpty();
    }

    @Test
    void givesWhatTheProfileIsWhenTheTicketIsUsed() {
        Optional<TicketToken> approved = office.approved();
        office.restartWithTemplate("other");
        assertThat(given(office.get(approved))).contains("data:,other");
        office.restartWithTemplate("another");
        assertThat(given(office.get(approved))).as("leased").contains("data:,other");
    }

    /** Even if it was minted, which it should not have been. */
    @Test
    void refusesATicketWhoseProofIsTooLittle() {
        Optional<TicketToken> token = office.approved();
        Ticket minted = office.ticket(token);
        office.restartWithProof("ownership");
        Optional<TicketToken> other =
                TicketOffice.token(office.mint().pointerFor(office.device(GUID), GUID, Optional.empty(), office.config));
        Ticket onboarded = office.ticket(other);
        office.store.tickets.put(minted.hash(), new Ticket(
                minted.hash(), minted.device(), minted.guid(), minted.statedSerial(), onboarded.revisions(), minted.audience(), minted.proof(),
                minted.mintedAt(), new TicketState.Unused(BEGIN.plusSeconds(60)), Optional.empty()));
        assertThat(refused(office.get(token), Failure.Forbidden.class)).hasMessageContaining("this proves 'none'");
        assertThat(given(office.get(other))).isEqualTo(CONFIG);
    }

    /** As it is known when the ticket is used; a lease is given out already. */
    @Test
    void refusesATicketWhereTheKeyIsNotKnownToBeInATpmAnyMore() {
        office.restartWithProof("none\ntpm: require");
        office.inTpm = true;
        Optional<TicketToken> token = office.approved();
        office.inTpm = false;
        assertThat(refused(office.get(token), Failure.Forbidden.class)).hasMessageContaining("takes devices whose key is in a TPM");
        assertThat(office.store.configs).isEmpty();
        office.inTpm = true;
        assertThat(given(office.get(token))).isEqualTo(CONFIG);
        office.inTpm = false;
        assertThat(given(office.get(token))).isEqualTo(CONFIG);
    }

    @Test
    void refusesATicketOfADeviceThatIsNotOursAnyMore() {
        Optional<TicketToken> token = office.approved();
        office.register(GUID, DeviceState.RELEASED);
        refused(office.get(token), Failure.Forbidden.class);
        office.forget(GUID);
        refused(office.get(token), Failure.Forbidden.class);
        assertThat(office.store.configs).isEmpty();
    }

    @Test
    void letsADeviceWaitWhoseConfigCannotBeRendered() {
        office.restartWithTemplate("{{ string(1 / (size(param.secret) - 6)) }}");
        office.restartWithSecret("123456");
        Optional<TicketToken> token = office.approved();
        refused(office.get(token), Failure.ConfigInvalid.class);
        assertThat(office.ticket(token).state()).isInstanceOf(TicketState.Unused.class);
        office.pass(Duration.ofHours(13));
        refused(office.get(token), Failure.ConfigInvalid.class);
        office.pass(Duration.ofHours(13));
        office.restartWithSecret("1234567");
        assertThat(given(office.get(token))).contains("data:,1");
    }

    /** Ten thousand of them ask every five seconds. */
    @Test
    void looksAtNothingForADeviceThatWaitsUntilSomebodyDecides() {
        Optional<TicketToken> token = office.approved();
        office.unassign();
        refused(office.get(token), Failure.NotYet.class);
        int asked = office.asked;
        int deviceReads = office.deviceReads;
        for (int i = 0; i < 16; i++) {
            office.pass(Duration.ofSeconds(15));
            refused(office.get(token), Failure.NotYet.class);
        }
        assertThat(office.asked).isEqualTo(asked);
        assertThat(office.deviceReads).isEqualTo(deviceReads);
        office.assign();
        assertThat(given(office.get(token))).isEqualTo(CONFIG);
    }

    @Test
    void looksAgainAtADeviceOverWhichSomebodyDecidedWhileItWasRead() {
        Optional<TicketToken> token = office.approved();
        office.unassign();
        office.afterReading = office::unassign;
        refused(office.get(token), Failure.NotYet.class);
        office.afterReading = () -> {};
        int deviceReads = office.deviceReads;
        refused(office.get(token), Failure.NotYet.class);
        assertThat(office.deviceReads).isEqualTo(deviceReads + 1);
    }

    /** A sale of the device is no decision over configs. */
    @Test
    void findsOutInTimeThatADeviceThatWaitsIsNotOursAnyMore() {
        Optional<TicketToken> token = office.approved();
        office.unassign();
        refused(office.get(token), Failure.NotYet.class);
        office.register(GUID, DeviceState.RELEASED);
        office.pass(Duration.ofMinutes(5));
        refused(office.get(token), Failure.Forbidden.class);
    }

    @Test
    void mintsATicketForADeviceThatNobodyHasDecidedOver() {
        office.unassign();
        Optional<TicketToken> token = office.approved();
        assertThat(office.ticket(token).revisions()).isEmpty();
        refused(office.get(token), Failure.NotYet.class);
        office.assign();
        assertThat(given(office.get(token))).isEqualTo(CONFIG);
        assertThat(office.ticket(token).revisions()).extracting(ProfileRevision::profile).containsExactly("kiosk");
    }

    @Test
    void limitsTheRequestsOfADeviceAndOfNoOther() {
        Guid other = Guid.parse("8f3b2a90-5c1d-4e8f-9a60-1b2c3d4e5f60");
        office.register(other, DeviceState.ANNOUNCED);
        Optional<TicketToken> token = office.approved();
        Optional<TicketToken> neighbour = TicketOffice.token(office.mint().approve(office.device(other), "operator").pointer().orElseThrow());
        for (int i = 0; i < TicketOffice.REQUESTS_PER_MINUTE; i++) {
            given(office.get(token));
        }
        refused(office.get(token), Failure.Busy.class);
        given(office.get(neighbour));
        office.pass(Duration.ofMinutes(1));
        given(office.get(token));
    }

    /** One that is refused is refused at once, and not told to wait. */
    @Test
    void refusesAnEndedTicketHoweverOftenItIsShown() {
        Optional<TicketToken> token = office.approved();
        office.mint().revoke(office.device(GUID), "operator");
        for (int i = 0; i < 3 * TicketOffice.REQUESTS_PER_MINUTE; i++) {
            refused(office.get(token), Failure.Forbidden.class);
        }
        assertThat(events()).containsExactly("ticket.minted", "ticket.revoked");
    }

    @Test
    void startsNoLeaseForAClientThatTakesNoSuchConfig() {
        Optional<TicketToken> token = office.approved();
        refused(office.get(token, "application/vnd.coreos.ignition+json;version=2.2.0"), Failure.NotAcceptable.class);
        assertThat(office.ticket(token).state()).isInstanceOf(TicketState.Unused.class);
        given(office.get(token, "application/vnd.coreos.ignition+json;version=3.4.0, */*;q=0.1"));
        refused(office.get(token, "application/vnd.coreos.ignition+json;version=2.2.0"), Failure.NotAcceptable.class);
    }

    /** Tokens that begin alike have nothing in common by which storage is asked, so the time of a look-up says nothing of them. */
    @Test
    void asksStorageByHashesOnly() {
        String begin = "A".repeat(42);
        for (char last : new char[] {'A', 'B'}) {
            office.get(TicketToken.fromHeader("Bearer " + begin + last));
        }
        assertThat(office.store.lookedUp).extracting(Object::toString).containsExactly(
                "0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a",
                "1cfa429f6e1af27c3d95e4e3a9c014809406fd38f9ad2bfddebdcd736a2210f6");
    }
}
