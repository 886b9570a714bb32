package dev.slipway.ignition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding.Position;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValueOriginTest {

    private static Map<String, ValueOrigin> origins(Profile profile) {
        ParameterValues values = ParameterValues.parse(profile.parameters(), Bytes.owning("token: t".getBytes(StandardCharsets.UTF_8)));
        Map<String, ValueOrigin> origins = new LinkedHashMap<>();
        profile.preview(new DeviceFacts("g", "s", "m", "f", Map.of()), values).origins().forEach(origin -> origins.put(origin.pointer(), origin));
        return origins;
    }

    @Test
    void findsThePlacesInJsonAlthoughItemsAreDropped() {
        Map<String, ValueOrigin> origins = origins(Profiles.aProfile().document(ProfileSource.CONFIG, """
                {"ignition": {"version": "3.4.0"},
                 "passwd": {"users": [
                   {"$when": "!param.flag", "name": "nobody"},
                   {"name": "core", "sshAuthorizedKeys": "{{ param.list }}"}]},
                 "storage": {"files": [{"path": "/etc/x", "mode": 384, "contents": {
                   "inline": "{{ param.token + device.serial }} and {{ param.text }}"}}]}}
                """).parse());
        assertThat(origins.get("/passwd/users/0/name")).isEqualTo(new ValueOrigin("/passwd/users/0/name", "config.ign.json", new Position(4, 13), List.of()));
        assertThat(origins.get("/passwd/users/0/sshAuthorizedKeys/1"))
                .isEqualTo(new ValueOrigin("/passwd/users/0/sshAuthorizedKeys/1", "config.ign.json", new Position(4, 42), List.of("param.list")));
        assertThat(origins.get("/storage/files/0/contents/source")).isEqualTo(new ValueOrigin(
                "/storage/files/0/contents/source", "config.ign.json", new Position(6, 14), List.of("param.token", "device.serial", "param.text")));
    }

    @Test
    void findsThePlacesInButane() {
        Map<String, ValueOrigin> origins = origins(Profiles.withButane("""
                storage:
                  files:
                    - $when: "!param.flag"
                      path: /etc/nothing
                    - path: /etc/x
                      mode: 0600
                      contents:
                        inline: "{{ param.token }}"
                """).parse());
        assertThat(origins.get("/storage/files/0/path")).isEqualTo(new ValueOrigin("/storage/files/0/path", "config.bu", new Position(7, 13), List.of()));
        assertThat(origins.get("/storage/files/0/contents/source"))
                .isEqualTo(new ValueOrigin("/storage/files/0/contents/source", "config.bu", new Position(10, 17), List.of("param.token")));
    }
}
