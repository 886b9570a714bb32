package dev.slipway.ignition;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compiles the CEL of one profile against the names that its templates may use: {@code device.*} and the declared {@code param.*}. */
final class ExpressionCompiler {

    /** The expression cannot be used; the message is for the author of the template. */
    static final class Uncompilable extends Exception {
        Uncompilable(String message) {
            super(message, null, false, false);
        }
    }

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(Limits.EXPRESSION_CHARS)
            .comprehensionMaxIterations(Limits.COMPREHENSION_ROUNDS)
            .build();
    private static final String PARAM = "param.";

    private final Cel cel;
    private final Set<String> names = new TreeSet<>();
    private final Set<String> secretNames;
    private final String alsoKnown;

    ExpressionCompiler(List<ParameterDeclaration> parameters) {
        this(parameters, " (a parameter must be declared in " + ProfileSource.PARAMETERS + "), and the functions of CEL");
    }

    private ExpressionCompiler(List<ParameterDeclaration> parameters, String alsoKnown) {
        this.alsoKnown = alsoKnown;
        CelBuilder builder = CelFactory.standardCelBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addCompilerLibraries(CelExtensions.strings())
                .addRuntimeLibraries(CelExtensions.strings());
        for (String fact : List.of("guid", "serial", "model", "manufacturer")) {
            builder.addVar("device." + fact, SimpleType.STRING);
            names.add("device." + fact);
        }
        builder.addVar("device.labels", MapType.create(SimpleType.STRING, SimpleType.STRING));
        names.add("device.labels");
        for (ParameterDeclaration parameter : parameters) {
            builder.addVar(PARAM + parameter.name(), parameter.type().celType());
            names.add(PARAM + parameter.name());
        }
        cel = builder.build();
        secretNames = parameters.stream().filter(ParameterDeclaration::secret).map(p -> PARAM + p.name()).collect(Collectors.toSet());
    }

    /** For what is the same whatever the profile is: {@code device.*} only. */
    static ExpressionCompiler ofDevices() {
        return new ExpressionCompiler(List.of(), ", and the functions of CEL");
    }

    Expression compile(String code) throws Uncompilable {
        if (code.isEmpty()) {
            throw new Uncompilable("the expression is empty; for a literal pair of braces write {{ '{{' }}");
        }
        if (code.length() > Limits.EXPRESSION_CHARS) {
            throw new Uncompilable("the expression is longer than " + Limits.EXPRESSION_CHARS + " characters; compute it outside the template");
        }
        try {
            CelAbstractSyntaxTree tree = cel.compile(code).getAst();
            Set<String> secrets = tree.getReferenceMap().values().stream()
                    .map(reference -> reference.name())
                    .filter(secretNames::contains)
                    .collect(Collectors.toUnmodifiableSet());
            return new Expression(cel.createProgram(tree), tree.getResultType(), secrets);
        } catch (CelValidationException e) {
            throw new Uncompilable(e.getErrors().stream().map(this::explain).distinct().collect(Collectors.joining("; ")));
        } catch (CelEvaluationException e) {
            throw new Uncompilable("the expression cannot be prepared: " + e.getMessage());
        }
    }

    private String explain(CelIssue issue) {
        if (issue.getMessage().startsWith("undeclared reference")) {
            return "the expression uses a name that is not known; known are " + String.join(", ", names) + alsoKnown;
        }
        return "the expression is not valid CEL at its character " + (issue.getSourceLocation().getColumn() + 1) + ": " + issue.getMessage();
    }

    /** The values behind the names, for one device. */
    static Map<String, Object> variables(DeviceFacts device, ParameterValues parameters) {
        Map<String, Object> variables = variables(device);
        parameters.values().forEach((name, value) -> variables.put(PARAM + name, value.forExpression()));
        return variables;
    }

    static Map<String, Object> variables(DeviceFacts device) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("device.guid", device.guid());
        variables.put("device.serial", device.serial());
        variables.put("device.model", device.model());
        variables.put("device.manufacturer", device.manufacturer());
        variables.put("device.labels", device.labels());
        return variables;
    }
}
