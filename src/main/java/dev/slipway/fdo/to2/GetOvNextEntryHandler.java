package dev.slipway.fdo.to2;

import dev.slipway.failure.Failure.Invalid;
import dev.slipway.fdo.message.To2;
import dev.slipway.fdo.session.Step;
import dev.slipway.fdo.voucher.OvEntry;
import java.util.List;

/** TO2.GetOVNextEntry (62) → TO2.OVNextEntry (63): one entry of the voucher, as received when it became ours. */
final class GetOvNextEntryHandler {

    Step answer(To2State.VoucherOffered state, To2.GetOvNextEntry message) {
        List<OvEntry> entries = state.owned().voucher().voucher().entries();
        int number = message.entryNumber();
        if (number >= entries.size() || number > state.entriesFetched()) {
            throw new Invalid("entry " + number + " asked for, after " + state.entriesFetched() + " of " + entries.size());
        }
        return new Step(state.fetched(number), new To2.OvNextEntry(number, entries.get(number).encoded()));
    }
}
