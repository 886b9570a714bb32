package dev.slipway.ignition;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compiles the CEL of one profile against the names that its templates may use: {@code device.*}, {@code ticket.*} and the declared {@code param.*}. */
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
    /** The value that a repeated item is for. */
    static final String ITEM = "item";

    private final Cel cel;
    private final Map<String, CelType> names;
    private final Set<String> secrets;
    /** What the item is from. */
    private final Set<String> sourcesOfItem;
    private final String alsoKnown;

    private ExpressionCompiler(Map<String, CelType> names, Set<String> secrets, Set<String> sourcesOfItem, String alsoKnown) {
        CelBuilder builder = CelFactory.standardCelBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addCompilerLibraries(CelExtensions.strings())
                .addRuntimeLibraries(CelExtensions.strings());
        names.forEach(builder::addVar);
        this.cel = builder.build();
        this.names = names;
        this.secrets = secrets;
        this.sourcesOfItem = sourcesOfItem;
        this.alsoKnown = alsoKnown;
    }

    static ExpressionCompiler of(List<ParameterDeclaration> parameters) {
        Map<String, CelType> names = ofDevice();
        names.putAll(TicketFacts.TYPES);
        Set<String> secrets = new HashSet<>();
        secrets.add(TicketFacts.AUTHORIZATION);
        for (ParameterDeclaration parameter : parameters) {
            String name = nameOf(parameter.name());
            names.put(name, parameter.type().celType());
            if (parameter.secret()) {
                secrets.add(name);
            }
        }
        return new ExpressionCompiler(
                names, secrets, Set.of(), " (a parameter must be declared in " + ProfileSource.PARAMETERS + "), and the functions of CEL");
    }

    private static Map<String, CelType> ofDevice() {
        Map<String, CelType> names = new TreeMap<>();
        for (String fact : List.of("guid", "serial", "model", "manufacturer")) {
            names.put("device." + fact, SimpleType.STRING);
        }
        names.put("device.labels", MapType.create(SimpleType.STRING, SimpleType.STRING));
        return names;
    }

    /** One that knows an item of a list, too, by the name {@value #ITEM}. */
    ExpressionCompiler withItemOf(Expression list) {
        Map<String, CelType> withItem = new TreeMap<>(names);
        withItem.put(ITEM, list.type() instanceof ListType typed ? typed.elemType() : SimpleType.DYN);
        return new ExpressionCompiler(withItem, secrets, list.sources(), alsoKnown);
    }

    /** For what is the same whatever the profile is: {@code device.*} only. */
    static ExpressionCompiler ofDevices() {
        return new ExpressionCompiler(ofDevice(), Set.of(), Set.of(), ", and the functions of CEL");
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
            Set<String> sources = tree.getReferenceMap().values().stream()
                    .flatMap(reference -> reference.name().equals(ITEM) ? sourcesOfItem.stream() : Stream.of(reference.name()))
                    .filter(names::containsKey)
                    .collect(Collectors.toUnmodifiableSet());
            Set<String> revealed = sources.stream().filter(secrets::contains).collect(Collectors.toUnmodifiableSet());
            return new Expression(cel.createProgram(tree), tree.getResultType(), sources, revealed);
        } catch (CelValidationException e) {
            throw new Uncompilable(e.getErrors().stream().map(this::explain).distinct().collect(Collectors.joining("; ")));
        } catch (CelEvaluationException e) {
            throw new Uncompilable("the expression cannot be prepared: " + e.getMessage());
        }
    }

    private String explain(CelIssue issue) {
        if (issue.getMessage().startsWith("undeclared reference")) {
            return "the expression uses a name that is not known; known are " + String.join(", ", names.keySet()) + alsoKnown;
        }
        return "the expression is not valid CEL at its character " + (issue.getSourceLocation().getColumn() + 1) + ": " + issue.getMessage();
    }

    /** By which an expression knows a parameter. */
    static String nameOf(String parameter) {
        return PARAM + parameter;
    }

    /** The values behind the names, for one device. */
    static Map<String, Object> variables(DeviceFacts device, ParameterValues parameters, TicketFacts ticket) {
        Map<String, Object> variables = variables(device);
        parameters.values().forEach((name, value) -> variables.put(nameOf(name), value.forExpression()));
        variables.putAll(ticket.variables());
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
