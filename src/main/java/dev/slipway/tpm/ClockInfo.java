package dev.slipway.tpm;

/**
 * TPMS_CLOCK_INFO: how often the TPM was reset, and for how long it has been on. To a key outside the endorsement hierarchy the counts are
 * shifted by a secret of that key; differences stay what they are.
 *
 * @param clockMillis time that the TPM was powered since it was made; unsigned
 * @param resetCount TPM Resets since the last Clear
 * @param restartCount resumes and restarts since the last Reset
 * @param safe false if a lost power supply may have set the clock back
 */
public record ClockInfo(long clockMillis, long resetCount, long restartCount, boolean safe) {

    static ClockInfo read(TpmReader reader) {
        long clock = reader.u64();
        long resetCount = reader.u32();
        long restartCount = reader.u32();
        int safe = reader.u8();
        if (safe > 1) {
            throw reader.malformed("has a boolean that is " + safe);
        }
        return new ClockInfo(clock, resetCount, restartCount, safe == 1);
    }
}
