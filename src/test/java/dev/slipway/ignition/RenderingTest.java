package dev.slipway.ignition;

import static dev.slipway.ignition.Profiles.withInline;
import static dev.slipway.ignition.Profiles.withSections;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.bytes.SecretBytes;
import dev.slipway.failure.Finding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RenderingTest {

    private static final String HEAD = "{\"ignition\":{\"version\":\"3.4.0\"},";

    private static String inline(String json) {
        String rendered = withInline(json).json();
        String before = HEAD + "\"storage\":{\"files\":[{\"path\":\"/etc/x\",\"mode\":384,\"contents\":{\"source\":\"data:,";
        assertThat(rendered).startsWith(before).endsWith("\"}}]}}");
        return rendered.substring(before.length(), rendered.length() - "\"}}]}}".length());
    }

    @Test
    void writesTextThatHoldsNoExpressionAsItIs() {
        assertThat(inline("\"${VAR} {x} }} { { $when\"")).isEqualTo("%24%7BVAR%7D%20%7Bx%7D%20%7D%7D%20%7B%20%7B%20%24when");
    }

    @Test
    void writesExpressionsBetweenText() {
        assertThat(inline("\"<{{device.serial}}|{{ device.labels['region'] }}|{{param.number}}|{{ param.flag }}>\""))
                .isEqualTo("%3CSN-1%7Cnorth%7C7%7Ctrue%3E");
    }

    @Test
    void writesAPairOfBracesFromALiteral() {
        assertThat(inline("\"{{ '{{' }} x {{ '}}' }}\"")).isEqualTo("%7B%7B%20x%20%7D%7D");
    }

    @Test
    void findsTheEndOfExpressionsWithBracesInThem() {
        assertThat(inline("\"{{{'a': {'b': 'v'}}['a']['b']}}!\"")).isEqualTo("v!");
        assertThat(inline("\"{{ r'\\\\}}' + \\\"}}\\\\\\\"\\\" + '''}}'x''' }}\"")).isEqualTo("%5C%7D%7D%7D%7D%22%7D%7D'x");
        assertThat(inline("\"{{ 'a' // it's }} a comment\\n }}\"")).isEqualTo("a");
    }

    @Test
    void doesNotExpandWhatAValueHolds() {
        assertThat(Profiles.withInline("\"{{ device.serial }}\"").serial("{{ param.token }}").json()).contains("data:,%7B%7B%20param.token%20%7D%7D");
    }

    @Test
    void takesTheTypeOfAWholeExpression() {
        assertThat(withSections("\"passwd\": {\"users\": [{\"name\": \"core\", \"uid\": \"{{ param.number }}\", \"system\": \"{{ !param.flag }}\","
                        + " \"sshAuthorizedKeys\": \"{{ param.list }}\", \"gecos\": \"{{ param.text }}\"}]}").json())
                .isEqualTo(HEAD + "\"passwd\":{\"users\":[{\"name\":\"core\",\"uid\":7,\"system\":false,"
                        + "\"sshAuthorizedKeys\":[\"a\",\"b\"],\"gecos\":\"hello\"}]}}");
    }

    @Test
    void dropsMappingsWhoseConditionIsNotTrue() {
        String sections = "\"passwd\": {\"$when\": \"device.model == 'other'\"}, \"systemd\": {\"units\": ["
                + "{\"$when\": \"param.number > 7\", \"name\": \"a.service\"}, {\"$when\": \"param.flag\", \"name\": \"b.service\"}]}";
        assertThat(withSections(sections).json()).isEqualTo(HEAD + "\"systemd\":{\"units\":[{\"name\":\"b.service\"}]}}");
    }

    @Test
    void repeatsItemsOfLists() {
        String units = "\"systemd\": {\"units\": [{\"name\": \"first.service\"},"
                + " {\"$each\": \"param.list + [device.serial]\", \"$when\": \"item != 'b'\", \"name\": \"x-{{ item }}.service\","
                + " \"dropins\": [{\"$each\": \"[1, 2]\", \"name\": \"{{ item }}.conf\"}]}, {\"name\": \"last-{{ param.number }}.service\"}]}";
        assertThat(withSections(units).json()).isEqualTo(HEAD + "\"systemd\":{\"units\":[{\"name\":\"first.service\"},"
                + "{\"name\":\"x-a.service\",\"dropins\":[{\"name\":\"1.conf\"},{\"name\":\"2.conf\"}]},"
                + "{\"name\":\"x-SN-1.service\",\"dropins\":[{\"name\":\"1.conf\"},{\"name\":\"2.conf\"}]},{\"name\":\"last-7.service\"}]}}");
        assertThat(withSections(units).values("{token: t, list: []}").json()).contains("first", "x-SN-1", "last-7").doesNotContain("x-a");
    }

    @Test
    void repeatsItemsForMappings() {
        assertThat(withSections("\"storage\": {\"links\": [{\"$each\": \"[{'from': 'a', 'to': param.text}, {'from': 'b', 'to': 'y'}]\","
                        + " \"path\": \"/{{ item.from }}\", \"target\": \"{{ item.to }}\"}]}").json())
                .isEqualTo(HEAD + "\"storage\":{\"links\":[{\"path\":\"/a\",\"target\":\"hello\"},{\"path\":\"/b\",\"target\":\"y\"}]}}");
    }

    @Test
    void givesWhatRepeatedItemsHoldNoOtherPlaceThanValues() {
        Profiles profile = withSections("\"systemd\": {\"units\": [{\"$each\": \"param.list\", \"name\": \"x-{{ item }}.service\"}]}")
                .values("{token: t, list: ['a/../b']}");
        assertThat(profile.renderRefusal()).extracting(Finding::id, Finding::path)
                .containsExactly(tuple("render.value-refused", "config.ign.json#/systemd/units/0/name"));
    }

    @Test
    void refusesMoreRepetitionsThanAConfigCanHold() {
        String list = "[" + "0,".repeat(500) + "0]";
        assertThat(withSections("\"storage\": {\"directories\": [{\"$each\": \"" + list + "\", \"path\": \"/a\"},"
                        + " {\"$each\": \"" + list + "\", \"path\": \"/b\"}]}").renderRefusal())
                .extracting(Finding::id, Finding::path)
                .containsExactly(tuple("render.too-many", "config.ign.json#/storage/directories/1"));
    }

    @Test
    void masksWhatIsRepeatedForSecrets() {
        Profiles profile = withSections("\"storage\": {\"files\": [{\"$each\": \"param.token.split('-')\", \"path\": \"/a\", \"mode\": 384,"
                + " \"contents\": {\"inline\": \"{{ item }}\"}}]}").values("token: onlyone");
        assertThat(profile.json()).contains("data:,onlyone");
        assertThat(profile.masked()).contains("data:,********").doesNotContain("onlyone");
    }

    @Test
    void writesFilesThatAreUnitsByTheRulesOfUnits() {
        String file = "\"storage\": {\"files\": [{\"path\": \"%s\", \"contents\": {\"inline\": \"[Container]\\nImage={{ device.serial }}\\n\"}}]}";
        String quadlet = file.formatted("/etc/containers/systemd/app.container");
        assertThat(withSections(quadlet).serial("a%b").json()).contains("%5BContainer%5D%0AImage%3Da%25%25b%0A");
        assertThat(withSections(quadlet).serial("a\nExec=b").renderRefusal()).extracting(Finding::id).containsExactly("render.value-refused");
        assertThat(withSections(file.formatted("/etc/app.conf")).serial("a\nb").json()).contains("Image%3Da%0Ab%0A");
    }

    @Test
    void encodesValuesInUrls() {
        String sections = "\"storage\": {\"files\": [{\"path\": \"/etc/x\", \"contents\":"
                + " {\"source\": \"https://host/a/{{ device.serial }}/b?q={{ device.serial }}\"}}]}";
        assertThat(withSections(sections).serial("a/b?c&d=ü#%20").json())
                .contains("\"https://host/a/a%2Fb%3Fc%26d%3D%C3%BC%23%2520/b?q=a%2Fb%3Fc%26d%3D%C3%BC%23%2520\"");
    }

    @Test
    void doublesPercentSignsInUnitsAndUnitNames() {
        String sections = "\"systemd\": {\"units\": [{\"name\": \"a-{{ device.serial }}.service\","
                + " \"contents\": \"[Unit]\\nDescription=x {{ device.serial }} %n\\n\","
                + " \"dropins\": [{\"name\": \"{{ device.serial }}.conf\", \"contents\": \"[Unit]\\n# {{ device.serial }}\\n\"}]}]}";
        assertThat(withSections(sections).serial("50%n").json()).isEqualTo(HEAD + "\"systemd\":{\"units\":[{\"name\":\"a-50%%n.service\","
                + "\"contents\":\"[Unit]\\nDescription=x 50%%n %n\\n\",\"dropins\":[{\"name\":\"50%%n.conf\","
                + "\"contents\":\"[Unit]\\n# 50%%n\\n\"}]}]}}");
    }

    @Test
    void masksSecretsForPeopleOnly() {
        Profiles profile = Profiles.withInline("\"user:{{ param.token }}:{{ param.token.substring(0, 3) }}\"");
        RenderedConfig config = profile.render();
        assertThat(new String(config.octets().toArray(), StandardCharsets.UTF_8)).contains("user%3Atop-secret%3Atop");
        assertThat(profile.masked()).contains("\"source\" : \"data:,user%3A********%3A********\"").doesNotContain("top").contains("\n  \"storage\"");
        assertThat(config.toString()).isEqualTo("RenderedConfig[3.4.0, " + config.octets().length() + " octets]");
    }

    @Test
    void keepsConditionsOnSecretsWhenMasking() {
        String sections = "\"passwd\": {\"users\": [{\"$when\": \"param.token == 'top-secret'\", \"name\": \"core\","
                + " \"passwordHash\": \"{{ param.token }}\"}]}";
        assertThat(withSections(sections).masked()).contains("\"passwordHash\" : \"********\"");
        assertThat(withSections(sections).json()).contains("\"passwordHash\":\"top-secret\"");
    }

    @Test
    void rendersTheSameOctetsEachTimeAndInManyThreads() throws Exception {
        Profile profile = Profiles.withInline("\"{{ device.serial }} {{ param.list.map(x, x + '!').join(',') }}\"").parse();
        ParameterValues values = ParameterValues.parse(profile.parameters(), Profiles.bytes("token: t"));
        List<Callable<SecretBytes>> tasks = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            tasks.add(() -> profile.render(Profiles.DEVICE, values).octets());
        }
        SecretBytes expected = profile.render(Profiles.DEVICE, values).octets();
        try (var pool = Executors.newFixedThreadPool(4)) {
            for (Future<SecretBytes> result : pool.invokeAll(tasks)) {
                assertThat(result.get().constantTimeEquals(expected)).isTrue();
            }
        }
    }
}
