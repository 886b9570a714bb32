package dev.slipway.device;

import dev.slipway.fdo.type.Guid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A device as its owner knows it.
 *
 * @param id ours, and the same for the whole of its life
 * @param serial as stated in its initialisation; may be empty, and is not unique
 * @param deviceInfo of its current voucher: a model, often
 * @param manufacturer the organisation that certified its key; empty where that is not known
 * @param labels that an operator gave it
 * @param guids all it ever had, oldest first
 */
public record Device(
        UUID id,
        String serial,
        String deviceInfo,
        String manufacturer,
        Map<String, String> labels,
        DeviceState state,
        List<Guid> guids,
        Instant since,
        Optional<Instant> onboardedAt) {

    public Device {
        labels = Map.copyOf(labels);
        guids = List.copyOf(guids);
    }

    /** The GUID that it got last. */
    public Guid latestGuid() {
        return guids.get(guids.size() - 1);
    }
}
