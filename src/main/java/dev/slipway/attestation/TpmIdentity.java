package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.der.Der;
import dev.slipway.failure.Failure.Malformed;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which TPM a vendor says that an EK belongs to. For display, and for allow and deny lists; a TPM itself may say something else.
 *
 * @param manufacturerId eight upper-case hex digits: the vendor's letters in ASCII, {@code 49465800} for {@code IFX}
 * @param version hex digits, as the vendor counts firmware
 * @see "TCG EK Credential Profile for TPM Family 2.0, Subject Alternative Name"
 */
public record TpmIdentity(String manufacturerId, String model, String version) {

    private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
    private static final int DIRECTORY_NAME = 0xa4;

    /** 2.23.133.2.1, .2 and .3. */
    private static final Bytes MANUFACTURER = Bytes.fromHex("6781050201");

    private static final Bytes MODEL = Bytes.fromHex("6781050202");
    private static final Bytes VERSION = Bytes.fromHex("6781050203");
    private static final int MAX_MODEL = 64;

    /** Empty if the certificate has no directory name with all three parts in their form. */
    static Optional<TpmIdentity> of(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(SUBJECT_ALTERNATIVE_NAME);
        if (extension == null) {
            return Optional.empty();
        }
        try {
            // OCTET STRING { GeneralNames { [4] { Name } } }
            for (Der name : Der.first(Der.first(Bytes.owning(extension)).content()).children()) {
                Optional<TpmIdentity> identity = name.is(DIRECTORY_NAME) ? ofName(Der.first(name.content())) : Optional.empty();
                if (identity.isPresent()) {
                    return identity;
                }
            }
            return Optional.empty();
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    /** One attribute in each RDN, or all three in one, whoever made it. */
    private static Optional<TpmIdentity> ofName(Der name) {
        Map<Bytes, String> attributes = new HashMap<>();
        for (Der rdn : name.children()) {
            for (Der attribute : rdn.children()) {
                Der type = Der.first(attribute.content());
                Der value = Der.first(attribute.content().slice(type.whole().length(), attribute.content().length()));
                value.text().ifPresent(text -> attributes.putIfAbsent(type.content(), text));
            }
        }
        Optional<String> manufacturer = hex(attributes.get(MANUFACTURER), 8, 8);
        Optional<String> model = Optional.ofNullable(attributes.get(MODEL)).filter(TpmIdentity::isModel);
        Optional<String> version = hex(attributes.get(VERSION), 1, 16);
        return manufacturer.isPresent() && model.isPresent() && version.isPresent()
                ? Optional.of(new TpmIdentity(manufacturer.get(), model.get(), version.get()))
                : Optional.empty();
    }

    /** {@code id:} and hex digits. */
    private static Optional<String> hex(String text, int fewest, int most) {
        return text != null && text.matches("id:[0-9A-Fa-f]{%d,%d}".formatted(fewest, most))
                ? Optional.of(text.substring(3).toUpperCase(java.util.Locale.ROOT))
                : Optional.empty();
    }

    private static boolean isModel(String text) {
        return !text.isEmpty() && text.length() <= MAX_MODEL && text.chars().noneMatch(Character::isISOControl);
    }

    /** The vendor's letters where they are some, {@code IFX}; else the hex digits. */
    public String manufacturer() {
        Bytes octets = Bytes.fromHex(manufacturerId);
        String letters = new String(octets.toArray(), StandardCharsets.ISO_8859_1).replace("\0", "").strip();
        return letters.matches("[A-Za-z0-9]{2,4}") ? letters : manufacturerId;
    }

    /** The version as an unsigned number. */
    long firmwareVersion() {
        return Long.parseUnsignedLong(version, 16);
    }

    @Override
    public String toString() {
        return manufacturer() + " " + model + " " + version;
    }
}
