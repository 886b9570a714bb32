package dev.slipway.ignition.assignment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.slipway.audit.AuditEvent;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.failure.Failure.TooLarge;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.assignment.DeviceEntry.TableRow;
import dev.slipway.ignition.assignment.TableStore.Counts;
import dev.slipway.ignition.assignment.TableStore.Upload;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes in tables of devices, CSV (RFC 4180) in UTF-8: all of one, or nothing. Few rows of it are in memory at a time.
 *
 * <pre>
 * serial,group,label:site,gateway_token,site
 * EG-4711,north,17,s3cret,Store 17
 * </pre>
 *
 * <p>The first column is {@code serial} or {@code guid}. A column {@code group} puts the device in a group, {@code label:NAME} gives it a
 * label, and any other gives a parameter, which {@code secret:} before its name makes a secret even if no profile declares it so. An empty
 * cell gives nothing.
 */
public final class TableEditor {

    private static final int BATCH = 500;
    private static final int MAX_FINDINGS = 100;
    private static final int CELL_CHARS = 64 * 1024;
    private static final long MAX_ROWS = 1_000_000;
    private static final CsvMapper MAPPER = CsvMapper.builder(CsvFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(CELL_CHARS).build())
                    .build())
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    private final TableStore table;
    private final GroupStore groups;
    private final KnownParameters known;
    private final Clock clock;

    public TableEditor(TableStore table, GroupStore groups, KnownParameters known, Clock clock) {
        this.table = table;
        this.groups = groups;
        this.known = known;
        this.clock = clock;
    }

    /** @param unknown columns that no profile declares: their values are kept as secrets, and used when a profile does */
    public record Applied(Counts counts, List<String> unknown) {}

    /**
     * Adds the rows of a table, in place of those of the same devices.
     *
     * @param replace whether all other rows go
     * @throws ConfigInvalid with the first hundred of its rows that are wrong, each with its line
     * @throws Malformed if it is no CSV
     * @throws TooLarge if a row or all of it is too long
     */
    public Applied apply(InputStream csv, boolean replace, String actor) throws IOException {
        TableLimits limits = new TableLimits(csv);
        try (Upload upload = table.begin();
                MappingIterator<String[]> rows = MAPPER.readerFor(String[].class).readValues(limits)) {
            return new Run(upload, rows, limits).apply(replace, actor);
        } catch (JsonProcessingException | CharConversionException e) {
            throw e.getCause() instanceof TooLarge tooLarge ? tooLarge : malformed(e);
        }
    }

    private static Malformed malformed(IOException trouble) {
        return trouble instanceof CharConversionException || trouble.getCause() instanceof CharConversionException
                ? new Malformed("this is not UTF-8; save the table as CSV in UTF-8")
                : new Malformed("this is no CSV: a quoted cell has no end, something stands after it, or it is longer than " + CELL_CHARS + " characters");
    }

    /** @return whether there was such a row */
    public boolean remove(String device, String actor) {
        return table.remove(DeviceNames.canonical(device), event("table.row-removed", actor, Map.of("device", device)));
    }

    private AuditEvent event(String id, String actor, Map<String, String> facts) {
        return new AuditEvent(id, clock.instant().truncatedTo(ChronoUnit.MILLIS), actor, Optional.empty(), AuditEvent.Outcome.DONE, "", facts);
    }

    /** One table. */
    private final class Run {

        private final Upload upload;
        private final MappingIterator<String[]> rows;
        private final TableLimits limits;
        private final List<Finding> findings = new ArrayList<>();
        /** By device, so that one that comes again is noticed. */
        private final Map<String, TableRow> batch = new LinkedHashMap<>();
        private final Map<String, Long> lines = new HashMap<>();

        Run(Upload upload, MappingIterator<String[]> rows, TableLimits limits) {
            this.upload = upload;
            this.rows = rows;
            this.limits = limits;
        }

        Applied apply(boolean replace, String actor) throws IOException {
            Optional<TableColumns> columns = rows.hasNextValue() ? columns(rows.nextValue()) : none();
            if (columns.isPresent()) {
                takeAll(columns.get());
            }
            if (!findings.isEmpty()) {
                throw new ConfigInvalid(findings);
            }
            Counts counts = upload.finish(replace, done -> event("table.applied", actor, facts(done, replace)));
            return new Applied(counts, columns.orElseThrow().unknown());
        }

        /** Until the end, or until enough is wrong. */
        private void takeAll(TableColumns columns) throws IOException {
            long count = 0;
            for (long line = next(); findings.size() < MAX_FINDINGS && rows.hasNextValue(); line = next()) {
                if (++count > MAX_ROWS) {
                    complain(line, "there are more than " + MAX_ROWS + " rows");
                    return;
                }
                take(columns, line, rows.nextValue());
            }
            flush();
        }

        private long next() {
            limits.nextRow();
            return line();
        }

        /** Where the next row begins. */
        private long line() {
            return rows.getParser().currentLocation().getLineNr();
        }

        private Optional<TableColumns> columns(String[] header) {
            List<String> complaints = new ArrayList<>();
            Set<String> names = groups.rules().all().stream().map(Group::name).collect(Collectors.toSet());
            Optional<TableColumns> columns = TableColumns.of(header, known, names, complaints);
            complaints.forEach(complaint -> complain(1, complaint));
            return columns;
        }

        private Optional<TableColumns> none() {
            complain(1, "the table is empty; its first line names the columns: serial, and what follows");
            return Optional.empty();
        }

        private void complain(long line, String complaint) {
            if (findings.size() < MAX_FINDINGS) {
                findings.add(TableColumns.finding(line, complaint));
            }
        }

        private void take(TableColumns columns, long line, String[] cells) {
            List<String> complaints = new ArrayList<>();
            Optional<TableRow> row = columns.row(cells, complaints);
            complaints.forEach(complaint -> complain(line, complaint));
            row.ifPresent(good -> {
                if (batch.putIfAbsent(good.device(), good) == null) {
                    lines.put(good.device(), line);
                } else {
                    complain(line, twice(good.device()));
                }
            });
            if (batch.size() == BATCH) {
                flush();
            }
        }

        private void flush() {
            if (!batch.isEmpty() && findings.isEmpty()) {
                upload.add(List.copyOf(batch.values())).forEach(device -> complain(lines.get(device), twice(device)));
            }
            batch.clear();
            lines.clear();
        }

        private static String twice(String device) {
            return "the device '" + device + "' has a row above already; keep one of them";
        }

        private static Map<String, String> facts(Counts counts, boolean replace) {
            return Map.of(
                    "added", Long.toString(counts.added()),
                    "changed", Long.toString(counts.changed()),
                    "unchanged", Long.toString(counts.unchanged()),
                    "removed", Long.toString(counts.removed()),
                    "replace", Boolean.toString(replace));
        }
    }
}
