package dev.slipway.fdo.voucher;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.failure.Failure.TooLarge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Vouchers as files: PEM blocks, or plain CBOR. Other implementations differ in line ends and widths, and some add private keys in blocks of
 * their own: those are passed over.
 *
 * @see "RFC 7468, Textual Encodings of PKIX, PKCS, and CMS Structures"
 */
public final class VoucherPem {

    private static final String BEGIN = "-----BEGIN OWNERSHIP VOUCHER-----";
    private static final String END = "-----END OWNERSHIP VOUCHER-----";
    private static final Pattern BLOCK = Pattern.compile(Pattern.quote(BEGIN) + "([^-]*+)" + Pattern.quote(END));
    private static final int LINE_CHARACTERS = 64;
    private static final int MAX_FILE_OCTETS = 16 * 1024 * 1024;
    private static final int CBOR_ARRAY_OF_FIVE = 0x85;

    private VoucherPem() {}

    public static String encode(OwnershipVoucher voucher) {
        String body = Base64.getMimeEncoder(LINE_CHARACTERS, new byte[] {'\n'}).encodeToString(voucher.encoded().toArray());
        return BEGIN + "\n" + body + "\n" + END + "\n";
    }

    /**
     * All vouchers of a file, at least one.
     *
     * @throws Malformed if there is none, or one is not well formed
     */
    public static List<OwnershipVoucher> decode(Bytes file) {
        return split(file).stream().map(OwnershipVoucher::decode).toList();
    }

    /**
     * The octets of each voucher of a file, at least one, not read yet. What is in a block and is no base64 comes as it is: reading it fails.
     *
     * @throws Malformed if there is none
     */
    public static List<Bytes> split(Bytes file) {
        if (file.length() > MAX_FILE_OCTETS) {
            throw new TooLarge("voucher file of " + file.length() + " octets, at most " + MAX_FILE_OCTETS + " are read");
        }
        if (!file.isEmpty() && file.at(0) == CBOR_ARRAY_OF_FIVE) {
            return List.of(file);
        }
        Matcher blocks = BLOCK.matcher(new String(file.toArray(), StandardCharsets.ISO_8859_1));
        List<Bytes> vouchers = new ArrayList<>();
        while (blocks.find()) {
            vouchers.add(base64(blocks.group(1)));
        }
        if (vouchers.isEmpty()) {
            throw new Malformed("neither a PEM block OWNERSHIP VOUCHER nor the CBOR of a voucher");
        }
        return vouchers;
    }

    private static Bytes base64(String body) {
        try {
            return Bytes.owning(Base64.getDecoder().decode(body.replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            return Bytes.owning(body.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
