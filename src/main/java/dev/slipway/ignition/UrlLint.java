package dev.slipway.ignition;

import dev.slipway.ignition.spec.DataUrl;
import java.util.regex.Pattern;

/** Follows a URL up to each expression: a value may stand in its path or query only, where it is percent-encoded. */
final class UrlLint implements RuleFinder {

    private static final Pattern UP_TO_PATH = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^/?#]+[/?].*", Pattern.DOTALL);
    private static final Pattern CUT_ESCAPE = Pattern.compile(".*%[0-9A-Fa-f]?", Pattern.DOTALL);

    private final StringBuilder url = new StringBuilder();

    @Override
    public void pass(String text) {
        url.append(text);
    }

    @Override
    public ValueRule rule() throws Misplaced {
        if (DataUrl.is(url.toString())) {
            throw new Misplaced("an expression cannot stand in a data: source; write the contents as text in 'inline' instead of 'source'");
        }
        if (!UP_TO_PATH.matcher(url).matches() || url.indexOf("#") >= 0) {
            throw new Misplaced("an expression may stand in the path or query of a URL only; write scheme and host out");
        }
        if (CUT_ESCAPE.matcher(url).matches()) {
            throw new Misplaced("the percent sign before the expression would change the meaning of its value; write %25");
        }
        boolean inQuery = url.indexOf("?") >= 0;
        url.append('x');
        return inQuery ? ValueRule.URL_QUERY : ValueRule.URL_PATH;
    }
}
