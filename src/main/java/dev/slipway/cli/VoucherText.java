package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;

/** A voucher and its checks, for people. */
final class VoucherText {

    private static final String PASSED = "passed";

    private final PrintWriter out;

    VoucherText(PrintWriter out) {
        this.out = out;
    }

    void voucher(JsonNode voucher) {
        out.printf("voucher %s%n", voucher.path("guid").asText());
        JsonNode stored = voucher.path("stored");
        if (stored.isObject()) {
            line("state", stored.path("state").asText() + ", " + stored.path("source").asText() + " " + stored.path("since").asText()
                    + (stored.path("trusted").asBoolean() ? "" : ", untrusted"));
            line("serial", stored.path("serial").asText());
        }
        line("device info", voucher.path("deviceInfo").asText());
        line("octets", voucher.path("octets").asText() + ", SHA-256 " + voucher.path("sha256").asText());
        line("made by", voucher.path("manufacturer").asText());
        voucher.path("owners").forEach(owner -> line("owned by", owner.asText()));
        voucher.path("deviceCertificates").forEach(certificate -> line(
                "certificate", certificate.path("subject").asText() + " by " + certificate.path("issuer").asText() + ", until "
                        + certificate.path("notAfter").asText()));
        voucher.path("rendezvous").forEach(directive -> line("rendezvous", directive.asText()));
        voucher.path("registrations").forEach(this::registration);
        checks(voucher.path("checks"));
    }

    private void registration(JsonNode registration) {
        String until = registration.path("until").asText("as long as the server likes");
        String kept = registration.path("accepted").asBoolean() ? "kept until " + until : "not registered yet";
        String trouble = registration.path("failures").asInt() == 0
                ? ""
                : String.format(
                        Locale.ROOT, "; failed %d times, last: %s", registration.path("failures").asInt(), registration.path("lastError").asText());
        String next = ", next attempt " + registration.path("nextAttempt").asText();
        line("registered", registration.path("server").asText() + ": " + kept + next + trouble);
    }

    void checks(JsonNode checks) {
        checks.forEach(check -> {
            String result = check.path("result").asText();
            String expected = check.path("expected").asText();
            line(
                    "check",
                    String.format(
                            Locale.ROOT,
                            "%-14s %-28s %s%s",
                            result.equals("failed") ? "FAILED" : result,
                            check.path("name").asText(),
                            check.path("found").asText(),
                            result.equals(PASSED) || expected.isEmpty() ? "" : "; expected: " + expected));
        });
    }

    /** Those that did not pass. */
    void failures(JsonNode checks) {
        checks.forEach(check -> {
            if (check.path("result").asText().equals("failed")) {
                String found = ": found " + check.path("found").asText() + "; expected " + check.path("expected").asText();
                line("FAILED", check.path("name").asText() + found);
            }
        });
    }

    private void line(String what, String text) {
        if (!text.isEmpty()) {
            out.printf("  %-12s %s%n", what, Text.printable(text));
        }
    }
}
