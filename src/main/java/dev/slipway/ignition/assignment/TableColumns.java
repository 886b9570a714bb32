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

    private final List<Column> columns;
    private final KnownParameters known;
    private final Set<String> groups;

    private enum Use {
        DEVICE,
        GROUP,
        LABEL,
        PARAMETER,
        SECRET
    }

    /**
     * @param written in the first line
     * @param name of the label or parameter
     */
    private record Column(String written, Use use, String name) {

        static Column of(String written) {
            if (written.equals(TableColumns.GROUP)) {
                return new Column(written, Use.GROUP, written);
            }
            if (written.startsWith(TableColumns.LABEL)) {
                return new Column(written, Use.LABEL, written.substring(TableColumns.LABEL.length()));
            }
            return written.startsWith(TableColumns.SECRET)
                    ? new Column(written, Use.SECRET, written.substring(TableColumns.SECRET.length()))
                    : new Column(written, Use.PARAMETER, written);
        }
    }

    private TableColumns(List<Column> columns, KnownParameters known, Set<String> groups) {
        this.columns = columns;
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
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(names.getFirst(), Use.DEVICE, names.getFirst()));
        Set<String> seen = new HashSet<>();
        for (String name : names.subList(1, names.size())) {
            Column column = Column.of(name);
            columns.add(column);
            complaint(column).ifPresent(complaints::add);
            if (!seen.add(column.use() == Use.SECRET ? column.name() : name)) {
                complaints.add("there are two columns '" + name + "'; keep one of them");
            }
        }
        return complaints.isEmpty() ? Optional.of(new TableColumns(columns, known, groups)) : Optional.empty();
    }

    private static Optional<String> complaint(Column column) {
        Optional<String> rule = switch (column.use()) {
            case DEVICE, GROUP -> Optional.empty();
            case LABEL -> Names.labelComplaint(column.name());
            case PARAMETER, SECRET -> Names.parameterComplaint(column.name());
        };
        return rule.map(text ->
                "the column '" + column.written() + "' is neither " + GROUP + ", " + LABEL + "NAME, nor the name of a parameter: " + text);
    }

    /** Columns of parameters that no profile declares. */
    List<String> unknown() {
        return columns.stream()
                .filter(column -> column.use() == Use.PARAMETER && !known.isDeclared(column.name()))
                .map(Column::name)
                .toList();
    }

    /** @param complaints what is wrong with it; then there is no row */
    Optional<TableRow> row(String[] cells, List<String> complaints) {
        if (cells.length != columns.size()) {
            complaints.add("there are " + cells.length + " cells in this row, and " + columns.size() + " columns");
            return Optional.empty();
        }
        String device = DeviceNames.canonical(cells[0].strip());
        deviceComplaint(device).ifPresent(complaints::add);
        Map<String, String> labels = new HashMap<>();
        Map<String, ParameterValue> open = new HashMap<>();
        Map<String, ParameterValue> secret = new HashMap<>();
        Optional<String> group = Optional.empty();
        for (int i = 1; i < cells.length; i++) {
            Column column = columns.get(i);
            String cell = cells[i];
            if (cell.isEmpty()) {
                continue;
            }
            if (column.use() == Use.GROUP) {
                group = Optional.of(cell.strip());
            } else if (column.use() == Use.LABEL) {
                labels.put(column.name(), cell);
                Names.labelValueComplaint(cell).ifPresent(complaints::add);
            } else {
                (column.use() == Use.SECRET || known.isSecret(column.name()) ? secret : open).put(column.name(), new ParameterValue.Text(cell));
                valueComplaints(column, cell, complaints);
            }
        }
        group.filter(name -> !groups.contains(name)).ifPresent(name -> complaints.add("there is no group '" + shortened(name) + "'"));
        return complaints.isEmpty() ? Optional.of(new TableRow(device, group, labels, new GivenParameters(open, secret))) : Optional.empty();
    }

    private void valueComplaints(Column column, String cell, List<String> complaints) {
        String where = "the value in column '" + column.written() + "' ";
        if (cell.equals(ParameterValue.MASK)) {
            complaints.add(where + "is " + cell + ", which only stands for a secret; write the secret itself");
        }
        if (known.isUnfit(column.name(), new ParameterValue.Text(cell))) {
            complaints.add(where + "must be " + known.of(column.name()).getFirst().inWords());
        }
    }

    private Optional<String> deviceComplaint(String device) {
        if (columns.getFirst().name().equals(GUID)) {
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
