package dev.slipway.ignition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
    private static final String EACH = "$each";
    private static final Set<CelKind> SCALARS =
            EnumSet.of(CelKind.STRING, CelKind.INT, CelKind.UINT, CelKind.DOUBLE, CelKind.BOOL, CelKind.DYN);

    /**
     * A point of the walk.
     *
     * @param pointer for findings
     * @param path as in {@link Place}
     * @param privateFile inside a file that others on the device cannot read
     * @param contents what the contents of that file are
     */
    private record Site(String pointer, String path, boolean privateFile, Place contents) {
        Site child(String key) {
            return new Site(Pointer.child(pointer, key), path + "/" + key, privateFile, contents);
        }

        Site item(int index) {
            return new Site(Pointer.child(pointer, index), path + "/*", privateFile, contents);
        }

        /** The same in an object, which may be a file. */
        Site of(JsonNode object) {
            return path.equals("/storage/files/*")
                    ? new Site(pointer, path, isPrivate(object.path("mode")), Place.ofContents(object.path("path").asText())) : this;
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
        return new TemplateCompiler(syntax, expressions, report).node(template, new Site(syntax.root(), "", false, Place.FILE_TEXT));
    }

    private TemplateNode node(JsonNode node, Site site) {
        if (node.isObject()) {
            return entries(node, site.of(node));
        }
        if (node.isArray()) {
            List<TemplateNode> items = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                items.add(item(node.get(i), site.item(i)));
            }
            return new TemplateNode.Items(List.copyOf(items));
        }
        return node.isTextual() ? text(node, site) : new TemplateNode.Fixed(node);
    }

    private TemplateNode item(JsonNode node, Site site) {
        JsonNode each = node.path(EACH);
        if (each.isMissingNode()) {
            return node(node, site);
        }
        Optional<Expression> list = directive(each, site.child(EACH), CelKind.LIST, "a list");
        if (list.isEmpty()) {
            return new TemplateNode.Fixed(NullNode.instance);
        }
        ObjectNode item = ((ObjectNode) node).deepCopy();
        item.remove(EACH);
        TemplateCompiler inside = new TemplateCompiler(syntax, expressions.withItemOf(list.get()), report);
        return new TemplateNode.Repeated(list.get(), inside.entries(item, site.of(item)));
    }

    /** Absent means 0644; an expression is not known yet, so it does not count. */
    private static boolean isPrivate(JsonNode mode) {
        return mode.isIntegralNumber() && mode.canConvertToInt() && mode.intValue() >= 0 && (mode.intValue() & 07) == 0;
    }

    private TemplateNode.Entries entries(JsonNode node, Site site) {
        Map<String, TemplateNode> entries = new LinkedHashMap<>();
        Optional<Expression> when = Optional.empty();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String key = entry.getKey();
            Site child = site.child(key);
            if (key.equals(WHEN)) {
                when = directive(entry.getValue(), child, CelKind.BOOL, "true or false");
            } else if (key.equals(EACH)) {
                report.error("template.directive", child.pointer, EACH + " stands in an item of a list, and repeats that");
            } else if (key.startsWith("$")) {
                report.error("template.directive", child.pointer, "this directive is not known; known are " + WHEN + " and " + EACH);
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

    private Optional<Expression> directive(JsonNode value, Site site, CelKind kind, String inWords) {
        if (!value.isTextual() || value.textValue().strip().startsWith("{{")) {
            report.error("template.directive", site.pointer, "write a string with a CEL expression, without braces");
            return Optional.empty();
        }
        Optional<Expression> expression = expression(value.textValue().strip(), site);
        Optional<Expression> other = expression.filter(e -> e.type().kind() != kind && e.type().kind() != CelKind.DYN);
        other.ifPresent(e -> report.error(
                "template.directive", site.pointer, "the expression yields " + e.type().name() + "; here it must yield " + inWords));
        return other.isPresent() ? Optional.empty() : expression;
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
        List<Piece> pieces = pieces(value.textValue(), placeOf(site), site);
        checkJoinable(pieces, site);
        return pieces;
    }

    private TemplateNode text(JsonNode value, Site site) {
        Place place = placeOf(site);
        List<Piece> pieces = pieces(value.textValue(), place, site);
        if (place != Place.FILE_TEXT && place != Place.UNIT_FILE && pieces.size() == 1 && pieces.getFirst() instanceof Piece.Code(Expression expression, ValueRule rule)) {
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

    private Place placeOf(Site site) {
        Place place = syntax.place(site.path);
        return place == Place.FILE_TEXT ? site.contents : place;
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
