package dev.slipway.ignition.spec;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding;
import java.util.List;
import java.util.function.Function;

/** What was found in one config, in no particular order. */
public record ConfigReport(List<Remark> remarks) {

    public ConfigReport {
        remarks = List.copyOf(remarks);
    }

    /** Whether the config may be served; warnings do not matter. */
    public boolean isValid() {
        return remarks.stream().noneMatch(Remark::isError);
    }

    /** The same, with line and column of each remark in the text that the config was read from. */
    public ConfigReport locatedIn(Bytes text) {
        if (remarks.isEmpty()) {
            return this;
        }
        Positions positions = Positions.of(text);
        return new ConfigReport(remarks.stream().map(remark -> remark.at(positions.of(remark))).toList());
    }

    /** With paths as Ignition writes them. */
    public List<Finding> findings() {
        return findings(ConfigPath::toString);
    }

    /** With paths as the reader of the report needs them. */
    public List<Finding> findings(Function<ConfigPath, String> pathWriter) {
        return remarks.stream()
                .map(remark -> new Finding(remark.id(), pathWriter.apply(remark.path()), remark.severity(), remark.message(), remark.position()))
                .toList();
    }
}
