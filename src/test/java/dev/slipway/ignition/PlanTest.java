package dev.slipway.ignition;

import static dev.slipway.ignition.Profiles.aProfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.slipway.failure.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {

    @Test
    void readsStepsInOrder() {
        assertThat(aProfile().document("plan.yaml", """
                - download: {source: files/motd, name: /etc/motd}
                - download:
                    source: config
                    name: /etc/slipway/config.ign
                """).parse().plan()).containsExactly(
                new PlanStep.Download("files/motd", "/etc/motd"), new PlanStep.Download("config", "/etc/slipway/config.ign"));
    }

    @Test
    void readsAPointer() {
        assertThat(aProfile().document("plan.yaml", "- pointer: {name: /boot/ignition/config.ign}").parse().plan())
                .containsExactly(new PlanStep.Pointer("/boot/ignition/config.ign"));
    }

    @Test
    void refusesASecondPointer() {
        assertThat(aProfile().document("plan.yaml", "- pointer: {name: a}\n- pointer: {name: b}").lint())
                .extracting(Finding::id).containsExactly("plan.pointer");
    }

    @Test
    void sendsTheConfigWhereThereIsNoPlan() {
        assertThat(aProfile().parse().plan()).containsExactly(new PlanStep.Download("config", "/etc/slipway/config.ign"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "- download: {source: files/nope, name: a} | plan.source | 1:22",
        "- download: {source: ../../etc/shadow, name: a} | plan.source | 1:22",
        "- download: {source: config, name: ''} | plan.name | 1:36",
        "- download: {source: config, name: \"a\\nb\"} | plan.name | 1:36",
        "- download: {source: config, name: a/} | plan.name | 1:36",
        "- download: {source: config} | plan.step | 1:13",
        "- download: {source: config, name: a, mode: 1} | yaml.unknown-key | 1:45",
        "- command: x | yaml.unknown-key | 1:12",
        "- {} | plan.step | 1:3",
        "- {download: {source: config, name: a}, pointer: {name: b}} | plan.step | 1:3",
        "- pointer: {} | plan.step | 1:12",
        "- pointer: {name: a/} | plan.name | 1:19",
        "- pointer: {name: a, source: config} | yaml.unknown-key | 1:30",
        "download: x | yaml.type | 1:1",
    })
    void refusesWrongSteps(String yaml, String id, String at) {
        assertThat(aProfile().document("plan.yaml", yaml).lint()).extracting(Finding::id, Finding::path).contains(tuple(id, "plan.yaml:" + at));
    }

    @Test
    void refusesTwoStepsThatWriteOneFile() {
        assertThat(aProfile().document("plan.yaml", "- download: {source: config, name: a}\n- download: {source: files/motd, name: a}").lint())
                .extracting(Finding::id).containsExactly("plan.name");
    }

    @Test
    void takesNamesUpToTheLimit() {
        String step = "- download: {source: config, name: %s}";
        assertThat(aProfile().document("plan.yaml", step.formatted("a".repeat(150))).parse().plan()).hasSize(1);
        assertThat(aProfile().document("plan.yaml", step.formatted("a".repeat(151))).lint()).hasSize(1);
    }
}
