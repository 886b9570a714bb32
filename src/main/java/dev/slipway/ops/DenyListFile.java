package dev.slipway.ops;

import dev.slipway.attestation.EkDenyList.Certificate;
import dev.slipway.attestation.EkDenyList.Firmware;
import dev.slipway.attestation.EkDenyList.Scope;
import dev.slipway.attestation.EkDenyList;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.tpm.Name;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * TPMs that are not believed any more, as a file of lines; empty ones, and those that begin with {@code #}, say nothing.
 *
 * <pre>
 * ek NAME                                   of an EK, in hex, as enrolments show it
 * certificate SERIAL ISSUER                 serial number in hex; the issuer in the words of RFC 2253
 * firmware VENDOR FIRST LAST SCOPE          vendor and versions in hex, as EK certificates write them; scope: everything, ecc-aks
 * </pre>
 */
final class DenyListFile {

    private static final int RADIX = 16;
    private static final int FIRMWARE_WORDS = 5;

    private final Path file;
    private final Set<Certificate> certificates = new HashSet<>();
    private final Set<Name> eks = new HashSet<>();
    private final List<Firmware> firmware = new ArrayList<>();

    private DenyListFile(Path file) {
        this.file = file;
    }

    /** @throws StartException if it cannot be read, with the line that cannot */
    static EkDenyList read(Path file) {
        DenyListFile denied = new DenyListFile(file);
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                denied.take(lines.get(i).strip(), i + 1);
            }
        } catch (IOException e) {
            throw new StartException("slipway.tpm.deny-list: " + file + " cannot be read: " + e.getMessage());
        }
        return new EkDenyList(denied.certificates, denied.eks, denied.firmware);
    }

    private void take(String line, int number) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        String[] words = line.split("\\s+");
        try {
            switch (words[0]) {
                case "ek" -> eks.add(Name.decode(Bytes.fromHex(only(words, 2)[1])));
                case "certificate" -> {
                    String[] parts = line.split("\\s+", 3);
                    certificates.add(new Certificate(new X500Principal(parts[2]), new BigInteger(parts[1], RADIX)));
                }
                case "firmware" -> firmware.add(firmware(only(words, FIRMWARE_WORDS)));
                default -> throw new IllegalArgumentException();
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException | Malformed e) {
            throw new StartException("slipway.tpm.deny-list: " + file + ", line " + number + ": '" + line
                    + "' is none of 'ek NAME', 'certificate SERIAL ISSUER', 'firmware VENDOR FIRST LAST everything|ecc-aks'");
        }
    }

    private static String[] only(String[] words, int count) {
        if (words.length != count) {
            throw new IllegalArgumentException();
        }
        return words;
    }

    private static Firmware firmware(String[] words) {
        Bytes vendor = Bytes.fromHex(words[1]);
        Scope scope = Scope.valueOf(words[4].toUpperCase(Locale.ROOT).replace('-', '_'));
        return new Firmware(
                vendor.toHex().toUpperCase(Locale.ROOT), Long.parseUnsignedLong(words[2], RADIX), Long.parseUnsignedLong(words[3], RADIX), scope);
    }
}
