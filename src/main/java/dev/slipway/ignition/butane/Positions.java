package dev.slipway.ignition.butane;

import dev.slipway.failure.Finding.Position;
import dev.slipway.ignition.spec.ConfigPath;
import java.util.HashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Where the values of a config stand in its text. */
final class Positions {

    static final Position START = new Position(1, 1);

    private final Map<String, Position> byPointer;

    Positions() {
        this(new HashMap<>());
    }

    private Positions(Map<String, Position> byPointer) {
        this.byPointer = byPointer;
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

    Positions immutable() {
        return new Positions(Map.copyOf(byPointer));
    }
}
