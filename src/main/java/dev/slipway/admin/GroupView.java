package dev.slipway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.ignition.assignment.Group;
import dev.slipway.ignition.assignment.KnownParameters;
import dev.slipway.ignition.assignment.SelectorWords;
import dev.slipway.ignition.assignment.StoredGroup;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A group, in the words of its YAML.
 *
 * @param secrets masked; whoever sends them back so leaves them as they are
 * @param version counts its changes
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GroupView(
        String name,
        int priority,
        Optional<String> comment,
        Map<String, Object> select,
        Optional<String> profile,
        Map<String, Object> parameters,
        Map<String, String> secrets,
        long version,
        Instant changedAt) {

    static GroupView of(StoredGroup stored, KnownParameters known) {
        Group group = stored.group();
        GivenView given = GivenView.of(group.parameters(), known);
        return new GroupView(
                group.name(),
                group.priority(),
                group.comment(),
                SelectorWords.write(group.selector()),
                group.profile(),
                given.open(),
                given.secrets(),
                stored.version(),
                stored.changedAt());
    }
}
