package dev.slipway.ignition.butane;

import dev.slipway.failure.Finding.Position;
import dev.slipway.ignition.spec.ConfigPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Where the values of a config stand in its text. */
final class Positions {

    static final Position START = new Position(1, 1);

    private final Map<String, Position> byPointer;
    private final Map<String, List<Integer>> repeated;

    Positions() {
        this(new HashMap<>(), Map.of());
    }

    private Positions(Map<String, Position> byPointer, Map<String, List<Integer>> repeated) {
        this.byPointer = byPointer;
        this.repeated = repeated;
    }

    static Position of(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    static Position of(Node node) {
        return node.getStartMark().map(Positions::of).orElse(START);
    }

    /** The first place counts: an anchor may be used more often. */
    void put(ConfigPath path, Node node) {
        byPointer.putIfAbsent(path.toPointer(), of(node));
    }

    /** Of the value, or of what it is missing in. */
    Position at(String pointer) {
        Position position = byPointer.get(pointer);
        if (position != null) {
            return position;
        }
        int around = pointer.lastIndexOf('/');
        return around < 0 ? START : at(pointer.substring(0, around));
    }

    /** The place of the template that a place of what was rendered comes from; the same unless items were repeated. */
    String source(String pointer) {
        if (repeated.isEmpty()) {
            return pointer;
        }
        StringBuilder rendered = new StringBuilder();
        StringBuilder source = new StringBuilder();
        for (String step : pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
            List<Integer> origins = repeated.get(rendered.toString());
            rendered.append('/').append(step);
            source.append('/').append(origins == null ? step : origins.get(Integer.parseInt(step)));
        }
        return source.toString();
    }

    /** @param lists with repeated items, by their pointers: which item each item is of */
    Positions repeated(Map<String, List<Integer>> lists) {
        return lists.isEmpty() ? this : new Positions(byPointer, Map.copyOf(lists));
    }

    Positions immutable() {
        return new Positions(Map.copyOf(byPointer), repeated);
    }
}
