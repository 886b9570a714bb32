package dev.slipway.ignition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.types.CelKind;
import dev.slipway.ignition.TemplateNode.Piece;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lints a parsed template and compiles its expressions; everything that is wrong goes into the report. */
final class TemplateCompiler {

    private static final String WHEN = "$when";
    private static final Set<CelKind> SCALARS =
            EnumSet.of(CelKind.STRING, CelKind.INT, CelKind.UINT, CelKind.DOUBLE, CelKind.BOOL, CelKind.DYN);

    /**
     * A point of the walk.
     *
     * @param pointer for findings
     * @param path as in {@link Place}
     * @param privateFile inside a file that others on the device cannot read
     */
    private record Site(String pointer, String path, boolean privateFile) {
        Site child(String key) {
            return new Site(Pointer.child(pointer, key), path + "/" + key, privateFile);
        }

        Site item(int index) {
            return new Site(Pointer.child(pointer, index), path + "/*", privateFile);
        }

        Site inFile(boolean isPrivate) {
            return new Site(pointer, path, isPrivate);
        }
    }

    private final TemplateSyntax syntax;
    private final ExpressionCompiler expressions;
    private final Report report;

    private TemplateCompiler(TemplateSyntax syntax, ExpressionCompiler expressions, Report report) {
        this.syntax = syntax;
        this.expressions = expressions;
        this.report = report;
    }

    static TemplateNode compile(JsonNode template, TemplateSyntax syntax, ExpressionCompiler expressions, Report report) {
        if (template.has(WHEN)) {
            report.error("template.directive", syntax.root() + "/" + WHEN, "the whole config cannot be left out; use $when further down");
        }
        return new TemplateCompiler(syntax, expressions, report).node(template, new Site(syntax.root(), "", false));
    }

    private TemplateNode node(JsonNode node, Site site) {
        if (node.isObject()) {
            return entries(node, site.path.equals("/storage/files/*") ? site.inFile(isPrivate(node.path("mode"))) : site);
        }
        if (node.isArray()) {
            List<TemplateNode> items = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                items.add(node(node.get(i), site.item(i)));
            }
            return new TemplateNode.Items(List.copyOf(items));
        }
        return node.isTextual() ? text(node, site) : new TemplateNode.Fixed(node);
    }

    /** Absent means 0644; an expression is not known yet, so it does not count. */
    private static boolean isPrivate(JsonNode mode) {
        return mode.isIntegralNumber() && mode.canConvertToInt() && mode.intValue() >= 0 && (mode.intValue() & 07) == 0;
    }

    private TemplateNode entries(JsonNode node, Site site) {
        Map<String, TemplateNode> entries = new LinkedHashMap<>();
        Optional<Expression> when = Optional.empty();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String key = entry.getKey();
            Site child = site.child(key);
            if (key.equals(WHEN)) {
                when = when(entry.getValue(), child);
            } else if (key.startsWith("$")) {
                report.error("template.directive", child.pointer, "this directive is not known; the only one is " + WHEN);
            } else if (key.contains("{{")) {
                report.error("template.key", child.pointer, "an expression cannot stand in a key; write the key out");
            } else if (syntax.becomesSource(child.path)) {
                checkInline(node, child);
                entries.put("source", new TemplateNode.Inline(inline(entry.getValue(), child)));
            } else {
                entries.putIfAbsent(key, node(entry.getValue(), child));
            }
        }
        return new TemplateNode.Entries(when, Collections.unmodifiableMap(entries));
    }

    private Optional<Expression> when(JsonNode value, Site site) {
        if (!value.isTextual() || value.textValue().strip().startsWith("{{")) {
            report.error("template.directive", site.pointer, "write the condition as a string with a CEL expression, without braces");
            return Optional.empty();
        }
        Optional<Expression> expression = expression(value.textValue().strip(), site);
        expression.filter(e -> !e.isCondition()).ifPresent(e ->
                report.error("template.directive", site.pointer, "the condition yields " + e.type().name() + "; it must yield true or false"));
        return expression;
    }

    private void checkInline(JsonNode resource, Site site) {
        for (String other : List.of("source", "compression", "httpHeaders")) {
            if (resource.has(other)) {
                report.error("template.inline", site.pointer, "'inline' takes the place of 'source' and cannot be combined with '" + other + "'");
            }
        }
    }

    private List<Piece> inline(JsonNode value, Site site) {
        if (!value.isTextual()) {
            report.error("template.inline", site.pointer, "the contents of 'inline' must be a string");
            return List.of();
        }
        List<Piece> pieces = pieces(value.textValue(), syntax.place(site.path), site);
        checkJoinable(pieces, site);
        return pieces;
    }

    private TemplateNode text(JsonNode value, Site site) {
        Place place = syntax.place(site.path);
        List<Piece> pieces = pieces(value.textValue(), place, site);
        if (place != Place.FILE_TEXT && pieces.size() == 1 && pieces.getFirst() instanceof Piece.Code(Expression expression, ValueRule rule)) {
            return new TemplateNode.Whole(expression, rule, itemRule(expression, site));
        }
        if (pieces.isEmpty() && !value.textValue().isEmpty()) {
            return new TemplateNode.Joined(pieces);
        }
        if (pieces.stream().allMatch(Piece.Words.class::isInstance)) {
            return new TemplateNode.Fixed(value);
        }
        checkJoinable(pieces, site);
        return new TemplateNode.Joined(pieces);
    }

    private void checkJoinable(List<Piece> pieces, Site site) {
        for (Piece piece : pieces) {
            if (piece instanceof Piece.Code code && !SCALARS.contains(code.expression().type().kind())) {
                report.error("template.value-type", site.pointer, "a value of type " + code.expression().type().name()
                        + " cannot stand inside a text; make a text of it, say with join, or let the string be this one expression only");
            }
        }
    }

    private ValueRule itemRule(Expression expression, Site site) {
        CelKind kind = expression.type().kind();
        if (kind != CelKind.LIST && !SCALARS.contains(kind)) {
            report.error("template.value-type", site.pointer, "a value of type " + expression.type().name()
                    + " cannot be written into a config; an expression yields a text, a number, a truth value, or a list of these");
        }
        try {
            return RuleFinder.of(syntax.place(site.path + "/*")).rule();
        } catch (RuleFinder.Misplaced e) {
            return ValueRule.LINE;
        }
    }

    /** Nothing where the text cannot be split or an expression is misplaced. */
    private List<Piece> pieces(String text, Place place, Site site) {
        List<Piece> pieces = new ArrayList<>();
        RuleFinder rules = RuleFinder.of(place);
        try {
            for (ExpressionScanner.Part part : ExpressionScanner.scan(text)) {
                switch (part) {
                    case ExpressionScanner.Part.Text words -> {
                        rules.pass(words.text());
                        pieces.add(new Piece.Words(words.text()));
                    }
                    case ExpressionScanner.Part.Code code -> {
                        ValueRule rule = rules.rule();
                        expression(code.code(), site).filter(e -> mayStand(e, site)).ifPresent(e -> pieces.add(new Piece.Code(e, rule)));
                    }
                }
            }
        } catch (ExpressionScanner.Unclosed e) {
            report.error("template.expression", site.pointer, e.getMessage());
            return List.of();
        } catch (RuleFinder.Misplaced e) {
            report.error("template.place", site.pointer, e.getMessage());
            return List.of();
        }
        return List.copyOf(pieces);
    }

    private boolean mayStand(Expression expression, Site site) {
        boolean contents = site.path.startsWith("/storage/files/*/") && site.path.endsWith("/inline");
        boolean good = !expression.isSecret() || syntax.isPrivate(site.path) || contents && site.privateFile;
        if (!good) {
            report.error("template.secret", site.pointer, "the secret " + String.join(", ", expression.secrets())
                    + " would be readable by everybody on the device; put it into the contents of a file whose mode is written out and keeps"
                    + " others out, say 384 (0600)");
        }
        return good;
    }

    private Optional<Expression> expression(String code, Site site) {
        try {
            return Optional.of(expressions.compile(code));
        } catch (ExpressionCompiler.Uncompilable e) {
            report.error("template.expression", site.pointer, e.getMessage());
            return Optional.empty();
        }
    }
}
