package dev.slipway.ignition.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.audit.AuditEvent;
import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.ParameterDeclaration;
import dev.slipway.ignition.ParameterType;
import dev.slipway.ignition.ParameterValue;
import dev.slipway.ignition.assignment.DeviceEntry.TableRow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is a table, and where it is wrong. */
class TableEditorTest {

    private static final Map<String, ParameterDeclaration> DECLARED = Map.of(
            "token", new ParameterDeclaration("token", ParameterType.STRING, true, true, Optional.empty(), Optional.empty(), "A token."),
            "site", new ParameterDeclaration("site", ParameterType.STRING, true, false, Optional.empty(), Optional.empty(), "A site."),
            "port", new ParameterDeclaration("port", ParameterType.INTEGER, true, false, Optional.empty(), Optional.empty(), "A port."));

    private final MemoryTable table = new MemoryTable();
    private final TableEditor editor = new TableEditor(
            table, new OneGroup(), name -> Optional.ofNullable(DECLARED.get(name)).stream().toList(), Clock.systemUTC());

    private TableEditor.Applied apply(byte[] csv) throws IOException {
        return editor.apply(new ByteArrayInputStream(csv), false, "operator");
    }

    private TableEditor.Applied apply(String csv) throws IOException {
        return apply(csv.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> refused(String csv) {
        Failure.ConfigInvalid failure = catchThrowableOfType(Failure.ConfigInvalid.class, () -> apply(csv));
        assertThat(failure).as(csv).isNotNull();
        assertThat(table.finished).isEmpty();
        assertThat(table.open).as("given up").isFalse();
        return failure.findings().stream().map(TableEditorTest::text).toList();
    }

    private static String text(Finding finding) {
        assertThat(finding.id()).isEqualTo("table.row");
        return finding.path() + ": " + finding.message();
    }

    private static TableRow row(String device, String group, Map<String, String> labels, Map<String, String> open, Map<String, String> secret) {
        return new TableRow(device, Optional.ofNullable(group), labels, new GivenParameters(values(open), values(secret)));
    }

    private static Map<String, ParameterValue> values(Map<String, String> texts) {
        return texts.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> new ParameterValue.Text(entry.getValue())));
    }

    @Test
    void readsLabelsGroupAndParametersAndKnowsWhatIsSecret() throws IOException {
        TableEditor.Applied applied = apply("\uFEFFserial, group ,label:site,token,site,secret:port,later\r\n"
                + "EG-1,north,\"17, back\",\"a \"\"b\"\"\nc\",x,80,y\r\n"
                + "\r\n"
                + "EG-2,,,,,,\r\n");
        assertThat(applied.unknown()).containsExactly("later");
        assertThat(table.finished).containsExactly(
                row("EG-1", "north", Map.of("site", "17, back"), Map.of("site", "x"), Map.of("token", "a \"b\"\nc", "port", "80", "later", "y")),
                row("EG-2", null, Map.of(), Map.of(), Map.of()));
        assertThat(table.events).extracting(AuditEvent::id).containsExactly("table.applied");
        assertThat(table.finished.toString()).doesNotContain("a \"b\"");
    }

    /** It would fill the memory: a row is there as a whole. */
    @Test
    void readsNoMoreOfARowThanARowMayHave() {
        Endless commas = new Endless("serial,site\n", ",");
        assertThatThrownBy(() -> editor.apply(commas, false, "operator"))
                .isInstanceOf(Failure.TooLarge.class)
                .hasMessageContaining("a row of the table has more than 1048576 octets");
        assertThat(commas.given).isLessThan(2 << 20);
        assertThat(table.open).as("given up").isFalse();
        assertThatThrownBy(() -> editor.apply(new Endless("serial,site\n", "\"\n\","), false, "operator")).isInstanceOf(Failure.TooLarge.class);
        assertThatThrownBy(() -> editor.apply(new Endless("", "serial,"), false, "operator")).isInstanceOf(Failure.TooLarge.class);
    }

    @Test
    void tellsTheBeginningOfAGroupThatThereIsNot() {
        assertThat(refused("serial,group\nEG-1," + "g".repeat(1000) + "\n")).singleElement().asString()
                .contains("there is no group '" + "g".repeat(40) + "…'");
    }

    @Test
    void stopsWhereEnoughIsWrong() {
        for (Endless table : List.of(new Endless("serial,site\n", "a,b,c\n"), new Endless("no header\n", "a,b\n"))) {
            assertThatThrownBy(() -> editor.apply(table, false, "operator")).isInstanceOf(Failure.ConfigInvalid.class);
            assertThat(table.given).isLessThan(1 << 20);
        }
    }

    /** A text, and another without end. */
    private static final class Endless extends InputStream {

        private final byte[] first;
        private final byte[] again;
        private int given;

        Endless(String first, String again) {
            this.first = first.getBytes(StandardCharsets.UTF_8);
            this.again = again.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() {
            int at = given++;
            return at < first.length ? first[at] : again[(at - first.length) % again.length];
        }
    }

    @Test
    void takesGuidsAsTheyAreWritten() throws IOException {
        apply("guid,site\n7F3B2A90-5C1D-4E8F-9A60-1B2C3D4E5F60,x\n");
        assertThat(table.finished).extracting(TableRow::device).containsExactly("7f3b2a90-5c1d-4e8f-9a60-1b2c3d4e5f60");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'' | line 1: the table is empty; its first line names the columns: serial, and what follows",
        "'device,site\nx,y' | line 1: the first line names the columns, separated by commas, and the first of them is 'serial' or 'guid'",
        "'serial;site\nx;y' | line 1: the first line names the columns, separated by commas, and the first of them is 'serial' or 'guid'",
        "'EG-1,a secret' | line 1: the first line names the columns, separated by commas, and the first of them is 'serial' or 'guid'",
        "'serial,site,site\nx,y,z' | line 1: there are two columns 'site'; keep one of them",
        "'serial,site,secret:site\nx,y,z' | line 1: there are two columns 'secret:site'; keep one of them",
        "'serial,site\nx' | line 2: there are 1 cells in this row, and 2 columns",
        "'serial,site\nx,y\nz,1,2' | line 3: there are 3 cells in this row, and 2 columns",
        "'serial,site\n ,y' | 'line 2: a serial has 1 to 255 characters, and none that is a control character'",
        "'guid,site\nEG-1,y' | line 2: 'EG-1' is no GUID",
        "'serial,group\nx,north\ny,south' | line 3: there is no group 'south'",
        "'serial,token\nx,********' | line 2: the value in column 'token' is ********, which only stands for a secret; write the secret itself",
        "'serial,port\nx,80\ny,\"8,0\"' | line 3: the value in column 'port' must be a whole number",
        "'serial,site\nx,\"1\n2\"\nx,y' | line 4: the device 'x' has a row above already; keep one of them",
    })
    void saysInWhichLineItIsWrong(String csv, String complaint) {
        assertThat(refused(csv)).containsExactly(complaint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"label:a b", "Site", "secret:", "label:", "'a b'", "secret:label:x", "''"})
    void refusesAColumnThatIsForNothing(String column) {
        assertThat(refused("serial," + column + "\nx,y\n")).hasSize(1).first().asString()
                .startsWith("line 1: the column '" + column + "' is neither group, label:NAME, nor the name of a parameter");
    }

    @Test
    void noticesADeviceThatComesAgainMuchLater() {
        String many = IntStream.range(0, 1_500).mapToObj(i -> "d" + i + ",x\n").collect(Collectors.joining());
        assertThat(refused("serial,site\n" + many + "d3,y\n")).containsExactly("line 1502: the device 'd3' has a row above already; keep one of them");
    }

    @Test
    void namesTheFirstHundredMistakes() {
        String many = IntStream.range(0, 150).mapToObj(i -> "d" + i + ",x,y\n").collect(Collectors.joining());
        List<String> complaints = refused("serial,site\ngood,x\n" + many);
        assertThat(complaints).hasSize(100);
        assertThat(complaints.getFirst()).startsWith("line 3: ");
        assertThat(complaints.getLast()).startsWith("line 102: ");
    }

    @Test
    void refusesWhatIsNoTable() {
        assertThatThrownBy(() -> apply("serial,site\nx,\"open\n")).isInstanceOf(Failure.Malformed.class).hasMessageContaining("no CSV");
        assertThatThrownBy(() -> apply("serial,site\nx,\"a\"b\n")).isInstanceOf(Failure.Malformed.class);
        assertThatThrownBy(() -> apply("serial,site\nx," + "a".repeat(70_000) + "\n")).isInstanceOf(Failure.Malformed.class);
        assertThatThrownBy(() -> apply(new byte[] {'s', 'e', 'r', 'i', 'a', 'l', '\n', (byte) 0xff, (byte) 0xfe, '\n'}))
                .isInstanceOf(Failure.Malformed.class)
                .hasMessageContaining("UTF-8");
        assertThat(table.finished).isEmpty();
        assertThat(table.open).isFalse();
    }

    private static final class OneGroup implements GroupStore {

        @Override
        public GroupRules rules() {
            return GroupRules.of(GroupReader.read("f", Fixture.bytes("name: north")));
        }

        @Override
        public Optional<StoredGroup> find(String name) {
            return Optional.empty();
        }

        @Override
        public List<StoredGroup> list(Optional<String> after, int limit) {
            return List.of();
        }

        @Override
        public Change put(Group group, OptionalLong expected, AuditEvent event) {
            throw new AssertionError("no group is changed");
        }

        @Override
        public boolean remove(String name, OptionalLong expected, AuditEvent event) {
            throw new AssertionError("no group is removed");
        }
    }

    private static final class MemoryTable implements TableStore {

        final List<TableRow> finished = new ArrayList<>();
        final List<AuditEvent> events = new ArrayList<>();
        boolean open;

        @Override
        public Upload begin() {
            open = true;
            List<TableRow> rows = new ArrayList<>();
            Set<String> names = new HashSet<>();
            return new Upload() {
                @Override
                public Set<String> add(List<TableRow> more) {
                    Set<String> twice = more.stream().map(TableRow::device).filter(names::contains).collect(Collectors.toSet());
                    if (twice.isEmpty()) {
                        more.forEach(row -> names.add(row.device()));
                        rows.addAll(more);
                    }
                    return twice;
                }

                @Override
                public Counts finish(boolean replace, Function<Counts, AuditEvent> event) {
                    finished.addAll(rows);
                    Counts counts = new Counts(rows.size(), 0, 0, 0);
                    events.add(event.apply(counts));
                    return counts;
                }

                @Override
                public void close() {
                    open = false;
                }
            };
        }

        @Override
        public List<TableRow> list(Optional<String> after, int limit) {
            return finished;
        }

        @Override
        public boolean remove(String device, AuditEvent event) {
            return false;
        }
    }
}
