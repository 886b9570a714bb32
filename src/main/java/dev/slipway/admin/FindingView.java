package dev.slipway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.failure.Finding;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a report, in a problem or beside a result.
 *
 * @param device the GUID of the device that it is about, if it is about one
 * @param path a file of the profile, perhaps with a JSON pointer after {@code #}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FindingView(
        String id, String severity, String device, String path, Optional<Integer> line, Optional<Integer> column, String message) {

    private static final Pattern OF_DEVICE = Pattern.compile("device (\\S+) (.*)");

    static FindingView of(Finding finding) {
        Matcher ofDevice = OF_DEVICE.matcher(finding.path());
        boolean hasDevice = ofDevice.matches();
        return new FindingView(
                finding.id(),
                CheckView.word(finding.severity()),
                hasDevice ? ofDevice.group(1) : "",
                hasDevice ? ofDevice.group(2) : finding.path(),
                finding.position().map(Finding.Position::line),
                finding.position().map(Finding.Position::column),
                finding.message());
    }
}
