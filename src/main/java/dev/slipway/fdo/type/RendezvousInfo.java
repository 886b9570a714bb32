package dev.slipway.fdo.type;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.failure.Failure.Malformed;
import java.util.List;
import java.util.Optional;

/**
 * Where a device and its owner meet: directives, tried in order.
 *
 * <pre>
 * RendezvousInfo      = [ + RendezvousDirective ]
 * RendezvousDirective = [ + RendezvousInstr ]
 * RendezvousInstr     = [ RVVariable: uint8, ? RVValue: bstr .cbor any ]
 * </pre>
 *
 * @param encoded the octets as received
 * @see "FIDO Device Onboard 1.1, RendezvousInfo"
 */
public record RendezvousInfo(List<Directive> directives, Bytes encoded) {

    private static final int MAX_DIRECTIVES = 64;
    private static final int MAX_INSTRUCTIONS = 32;

    /** Instructions that belong together: one server, or one way to reach it. */
    public record Directive(List<Instruction> instructions) {

        public boolean has(RvVariable variable) {
            return instructions.stream().anyMatch(instruction -> instruction.variable() == variable);
        }

        /** The value of the first instruction about {@code variable}. */
        public Optional<CborItem> value(RvVariable variable) {
            return values(variable).stream().findFirst();
        }

        /** Several addresses may stand in one directive. */
        public List<CborItem> values(RvVariable variable) {
            return instructions.stream()
                    .filter(instruction -> instruction.variable() == variable)
                    .flatMap(instruction -> instruction.value().stream())
                    .toList();
        }
    }

    /** @param value absent for a pure flag */
    public record Instruction(RvVariable variable, Optional<CborItem> value) {

        public static Instruction of(RvVariable variable, CborWriter value) {
            return new Instruction(variable, Optional.of(CborItem.decode(value.toBytes())));
        }
    }

    /** @throws Malformed also for an empty list, and for values without a byte string around them, as FDO 1.0 had them */
    public static RendezvousInfo decode(CborItem item) {
        List<Directive> directives = item.array(1, MAX_DIRECTIVES).stream()
                .map(directive -> new Directive(directive.array(1, MAX_INSTRUCTIONS).stream()
                        .map(RendezvousInfo::instruction)
                        .toList()))
                .toList();
        return new RendezvousInfo(directives, item.bytes());
    }

    private static Instruction instruction(CborItem item) {
        List<CborItem> parts = item.array(1, 2);
        RvVariable variable = RvVariable.ofId(parts.get(0).uint(255));
        return new Instruction(variable, parts.size() == 1 ? Optional.empty() : Optional.of(parts.get(1).embedded()));
    }

    public static RendezvousInfo of(List<Directive> directives) {
        CborWriter writer = new CborWriter().array(directives.size());
        for (Directive directive : directives) {
            writer.array(directive.instructions().size());
            directive.instructions().forEach(instruction -> write(writer, instruction));
        }
        return new RendezvousInfo(List.copyOf(directives), writer.toBytes());
    }

    private static void write(CborWriter writer, Instruction instruction) {
        writer.array(instruction.value().isPresent() ? 2 : 1).integer(instruction.variable().id());
        instruction.value().ifPresent(value -> writer.byteString(value.bytes()));
    }
}
