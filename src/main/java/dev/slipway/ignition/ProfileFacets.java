package dev.slipway.ignition;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.fdo.key.TpmPolicy;
import dev.slipway.ignition.ProfileManifest.Entry;

/**
 * What a profile says beside its config, in a form that {@link ConfigDiff} compares: proof, TPM, policy, plan, parameters, and the files of
 * the plan.
 */
public final class ProfileFacets {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ProfileFacets() {}

    public static ReadableConfig of(Profile profile, ProfileManifest manifest) {
        ObjectNode facets = NODES.objectNode();
        facets.put("proof", profile.lowestProof().word());
        if (profile.requiresTpm()) {
            facets.put("tpm", TpmPolicy.REQUIRE.word());
        }
        profile.policy().ifPresent(policy -> facets.put("policy", policy));
        ArrayNode plan = facets.putArray("plan");
        ObjectNode files = facets.putObject("files");
        for (PlanStep step : profile.plan()) {
            switch (step) {
                case PlanStep.Pointer pointer -> plan.add("pointer " + pointer.name());
                case PlanStep.Download download -> {
                    plan.add("download " + download.source() + " " + download.name());
                    manifest.find(download.source()).map(Entry::line).ifPresent(line -> files.put(download.source(), line));
                }
            }
        }
        ObjectNode parameters = facets.putObject("parameters");
        for (ParameterDeclaration parameter : profile.parameters()) {
            parameters.put(parameter.name(), parameter.type().word() + (parameter.required() ? ", required" : "")
                    + (parameter.secret() ? ", secret" : ""));
        }
        return new ReadableConfig(facets, facets);
    }
}
