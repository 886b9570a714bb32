package dev.slipway.ignition.assignment;

import dev.slipway.failure.Finding;
import dev.slipway.ignition.ParameterValue;
import dev.slipway.ignition.assignment.DeviceEntry.TableRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the columns of a table are for, and its rows by that. */
final class TableColumns {

    static final String SERIAL = "serial";
    static final String GUID = "guid";

    private static final String GROUP = "group";
    private static final String LABEL = "label:";
    private static final String SECRET = "secret:";
    private static final int MAX_COLUMNS = 200;
    private static final int DEVICE_CHARS = 255;

    private final List<String> names;
    private final KnownParameters known;
    private final Set<String> groups;

    private TableColumns(List<String> names, KnownParameters known, Set<String> groups) {
        this.names = names;
        this.known = known;
        this.groups = groups;
    }

    /**
     * Where the first line is none that names columns, nothing of it is told: it may hold secrets.
     *
     * @param complaints what is wrong with them; then there is nothing to be done with the rows
     * @param groups that there are
     */
    static Optional<TableColumns> of(String[] header, KnownParameters known, Set<String> groups, List<String> complaints) {
        List<String> names = new ArrayList<>();
        for (String cell : header) {
            names.add(cell.strip());
        }
        if (!names.getFirst().equals(SERIAL) && !names.getFirst().equals(GUID)) {
            complaints.add("the first line names the columns, separated by commas, and the first of them is '" + SERIAL + "' or '" + GUID + "'");
            return Optional.empty();
        }
        if (names.size() > MAX_COLUMNS) {
            complaints.add("there are " + names.size() + " columns, more than " + MAX_COLUMNS);
        }
        Set<String> seen = new HashSet<>();
        for (String name : names.subList(1, names.size())) {
            complaint(name).ifPresent(complaints::add);
            if (!seen.add(name.replace(SECRET, ""))) {
                complaints.add("there are two columns '" + name + "'; keep one of them");
            }
        }
        return complaints.isEmpty() ? Optional.of(new TableColumns(names, known, groups)) : Optional.empty();
    }

    private static Optional<String> complaint(String column) {
        if (column.equals(GROUP)) {
            return Optional.empty();
        }
        return (column.startsWith(LABEL)
                        ? Names.labelComplaint(column.substring(LABEL.length()))
                        : Names.parameterComplaint(column.replaceFirst("^" + SECRET, "")))
                .map(rule -> "the column '" + column + "' is neither " + GROUP + ", " + LABEL + "NAME, nor the name of a parameter: " + rule);
    }

    /** Columns of parameters that no profile declares. */
    List<String> unknown() {
        return names.subList(1, names.size()).stream()
                .filter(name -> !name.equals(GROUP) && !name.startsWith(LABEL) && !name.startsWith(SECRET) && !known.isDeclared(name))
                .toList();
    }

    /** @param complaints what is wrong with it; then there is no row */
    Optional<TableRow> row(String[] cells, List<String> complaints) {
        if (cells.length != names.size()) {
            complaints.add("there are " + cells.length + " cells in this row, and " + names.size() + " columns");
            return Optional.empty();
        }
        String device = DeviceNames.canonical(cells[0].strip());
        deviceComplaint(device).ifPresent(complaints::add);
        Map<String, String> labels = new HashMap<>();
        Map<String, ParameterValue> open = new HashMap<>();
        Map<String, ParameterValue> secret = new HashMap<>();
        Optional<String> group = Optional.empty();
        for (int i = 1; i < cells.length; i++) {
            String column = names.get(i);
            String cell = cells[i];
            if (cell.isEmpty()) {
                continue;
            }
            if (column.equals(GROUP)) {
                group = Optional.of(cell.strip());
            } else if (column.startsWith(LABEL)) {
                labels.put(column.substring(LABEL.length()), cell);
                Names.labelValueComplaint(cell).ifPresent(complaints::add);
            } else {
                String name = column.replaceFirst("^" + SECRET, "");
                ParameterValue value = new ParameterValue.Text(cell);
                (column.startsWith(SECRET) || known.isSecret(name) ? secret : open).put(name, value);
                if (cell.equals(ParameterValue.MASK)) {
                    complaints.add("the value in column '" + column + "' is " + cell + ", which only stands for a secret; write the secret itself");
                }
                if (known.isUnfit(name, value)) {
                    complaints.add("the value in column '" + column + "' must be " + known.of(name).getFirst().type().inWords());
                }
            }
        }
        group.filter(name -> !groups.contains(name)).ifPresent(name -> complaints.add("there is no group '" + name + "'"));
        return complaints.isEmpty() ? Optional.of(new TableRow(device, group, labels, new GivenParameters(open, secret))) : Optional.empty();
    }

    private Optional<String> deviceComplaint(String device) {
        if (names.getFirst().equals(GUID)) {
            return DeviceNames.isGuid(device) ? Optional.empty() : Optional.of("'" + shortened(device) + "' is no GUID");
        }
        return device.isEmpty() || device.length() > DEVICE_CHARS || device.chars().anyMatch(Character::isISOControl)
                ? Optional.of("a serial has 1 to " + DEVICE_CHARS + " characters, and none that is a control character")
                : Optional.empty();
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    static Finding finding(long line, String complaint) {
        return Finding.error("table.row", "line " + line, complaint);
    }
}
