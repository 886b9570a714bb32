package dev.slipway.ignition.assignment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is given to one device only.
 *
 * @param own what an operator assigned to it
 * @param rows of the table, the one of its serial first, then those of its GUIDs, the latest last; a later one wins
 */
public record DeviceEntry(Optional<Own> own, List<TableRow> rows) {

    public static final DeviceEntry NOTHING = new DeviceEntry(Optional.empty(), List.of());

    public DeviceEntry {
        rows = List.copyOf(rows);
    }

    /** @param version counts its changes, from 1 */
    public record Own(Optional<String> profile, GivenParameters parameters, long version) {}

    /**
     * A row of the table.
     *
     * @param device its serial or GUID, as in the table; there may be none of that name yet, or several of that serial
     * @param group that it is in, whatever that selects
     */
    public record TableRow(String device, Optional<String> group, Map<String, String> labels, GivenParameters parameters) {

        public TableRow {
            labels = Map.copyOf(labels);
        }
    }

    /** The labels of the device: those of its rows, and over them those that an operator gave it. */
    public Map<String, String> labels(Map<String, String> given) {
        if (rows.isEmpty()) {
            return given;
        }
        Map<String, String> labels = new HashMap<>();
        rows.forEach(row -> labels.putAll(row.labels()));
        labels.putAll(given);
        return labels;
    }
}
