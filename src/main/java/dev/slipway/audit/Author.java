package dev.slipway.audit;

/** Who asks for something, and why. */
public record Author(String name, String comment) {

    /** The name of the folder of profiles, when the service takes in by itself what is there. */
    public static final String FOLDER = "folder";

    private static final int COMMENT_CHARS = 1000;

    /** The comment is shown on one line, so it becomes one. */
    public Author {
        String line = comment.replaceAll("\\p{Cc}", " ").strip();
        comment = line.length() > COMMENT_CHARS ? line.substring(0, COMMENT_CHARS) : line;
    }
}
