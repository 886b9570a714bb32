package dev.slipway.tpm;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * TPML_PCR_SELECTION: which registers, in the order in which their values are hashed.
 *
 * <pre>count u32, then for each bank: hash u16, sizeofSelect u8 (3 or 4), bitmap: PCR i is bit i % 8 of octet i / 8</pre>
 *
 * @param pcrs banks in the order of the list, indices ascending
 * @see "TPM 2.0 Library, Part 2, TPML_PCR_SELECTION"
 */
public record PcrSelection(List<Pcr> pcrs) {

    private static final int MAX_BANKS = 8;
    private static final int PC_CLIENT_SELECT = 3;
    private static final int MAX_SELECT = 4;

    public PcrSelection {
        pcrs = List.copyOf(pcrs);
    }

    /** @throws Malformed if a bank is unknown, empty or there twice, or a size is out of range; no bank at all is a selection of nothing */
    static PcrSelection read(TpmReader reader) {
        long banks = reader.u32();
        if (banks > MAX_BANKS) {
            throw reader.malformed("selects PCRs of " + banks + " banks");
        }
        List<Pcr> pcrs = new ArrayList<>();
        for (long i = 0; i < banks; i++) {
            TpmHash bank = TpmHash.ofId(reader.u16());
            if (pcrs.stream().anyMatch(pcr -> pcr.bank() == bank)) {
                throw reader.malformed("selects PCRs of the " + bank.bank() + " bank twice");
            }
            pcrs.addAll(readBank(reader, bank));
        }
        return new PcrSelection(pcrs);
    }

    private static List<Pcr> readBank(TpmReader reader, TpmHash bank) {
        int octets = reader.u8();
        if (octets != PC_CLIENT_SELECT && octets != MAX_SELECT) {
            throw reader.malformed("has a PCR bitmap of " + octets + " octets");
        }
        List<Pcr> pcrs = new ArrayList<>();
        for (int octet = 0; octet < octets; octet++) {
            int bits = reader.u8();
            for (int bit = 0; bit < 8; bit++) {
                if ((bits >> bit & 1) == 1) {
                    pcrs.add(new Pcr(bank, 8 * octet + bit));
                }
            }
        }
        if (pcrs.isEmpty()) {
            throw reader.malformed("selects no PCR of the " + bank.bank() + " bank");
        }
        return pcrs;
    }

    /**
     * The notation of tools, {@code sha256:0,7+sha384:11}.
     *
     * @throws IllegalArgumentException if {@code text} is something else
     */
    public static PcrSelection parse(String text) {
        List<Pcr> pcrs = new ArrayList<>();
        for (String bank : text.split("\\+", -1)) {
            String[] halves = bank.split(":", -1);
            TpmHash hash = TpmHash.named(halves[0]).filter(known -> halves.length == 2).orElseThrow(() -> notASelection(text));
            if (pcrs.stream().anyMatch(pcr -> pcr.bank() == hash)) {
                throw notASelection(text);
            }
            int previous = -1;
            for (String index : halves[1].split(",", -1)) {
                int next = number(index, text);
                if (next <= previous) {
                    throw notASelection(text);
                }
                pcrs.add(new Pcr(hash, next));
                previous = next;
            }
        }
        return new PcrSelection(pcrs);
    }

    private static int number(String index, String text) {
        if (!index.matches("[0-9]{1,2}")) {
            throw notASelection(text);
        }
        return Integer.parseInt(index);
    }

    private static IllegalArgumentException notASelection(String text) {
        return new IllegalArgumentException("'" + text + "' is no PCR selection; write banks and ascending indices like sha256:0,7+sha384:11");
    }

    /** With bitmaps of three octets, as TPMs of PCs write them; for indices below 24. */
    public Bytes encode() {
        List<TpmHash> banks = pcrs.stream().map(Pcr::bank).distinct().toList();
        Bytes encoded = Marshal.u32(banks.size());
        for (TpmHash bank : banks) {
            byte[] bitmap = new byte[PC_CLIENT_SELECT];
            pcrs.stream().filter(pcr -> pcr.bank() == bank).forEach(pcr -> bitmap[pcr.index() / 8] |= (byte) (1 << pcr.index() % 8));
            encoded = Bytes.concat(encoded, Marshal.u16(bank.id()), Bytes.of((byte) PC_CLIENT_SELECT), Bytes.owning(bitmap));
        }
        return encoded;
    }

    @Override
    public String toString() {
        return pcrs.stream()
                .map(Pcr::bank)
                .distinct()
                .map(bank -> bank.bank() + ":" + pcrs.stream()
                        .filter(pcr -> pcr.bank() == bank)
                        .map(pcr -> Integer.toString(pcr.index()))
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("+"));
    }
}
