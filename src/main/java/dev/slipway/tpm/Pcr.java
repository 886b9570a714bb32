package dev.slipway.tpm;

/** One register of one bank, {@code sha256:11}. */
public record Pcr(TpmHash bank, int index) implements Comparable<Pcr> {

    /** The PC Client profile has this many; a selection may name up to 32. */
    public static final int MAX_INDEX = 31;

    public Pcr {
        if (index < 0 || index > MAX_INDEX) {
            throw new IllegalArgumentException("there is no PCR " + index);
        }
    }

    @Override
    public int compareTo(Pcr other) {
        return bank == other.bank ? Integer.compare(index, other.index) : bank.compareTo(other.bank);
    }

    @Override
    public String toString() {
        return bank.bank() + ":" + index;
    }
}
