package dev.slipway.ignition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.spec.ConfigReport;
import dev.slipway.ignition.spec.IgnitionVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The config of a profile after linting, in whatever language it is written. */
interface ConfigTemplate {

    /** A config that could be read; its expressions are not looked at yet. */
    interface Source {

        /** Empty if there are errors, which are in the report then. */
        Optional<ConfigTemplate> compile(ExpressionCompiler expressions, Report report);
    }

    /** What it is for one device. */
    interface Rendering {

        /** As Ignition reads it. */
        JsonNode config();

        /** What was found in {@link #config}, where the author of the profile looks for it. */
        List<Finding> located(ConfigReport report);

        /** Of each value in {@link #config}. */
        List<ValueOrigin> origins();
    }

    /** Of the rendered config. */
    IgnitionVersion version();

    /** @return empty if a value does not fit the place it lands in, which is in the report then */
    Optional<Rendering> render(Map<String, Object> variables, Masking masking, Report report);
}
