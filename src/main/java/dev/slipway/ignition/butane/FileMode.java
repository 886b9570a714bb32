package dev.slipway.ignition.butane;

/** Spots a mode that was meant in octal and written in decimal: {@code mode: 644}. */
final class FileMode {

    private static final int HIGHEST_DECIMAL = 7777;

    private FileMode() {}

    /** Whether {@code mode} is unusual as it is, and usual if its decimal digits are read as octal ones. */
    static boolean looksDecimal(long mode, boolean folder) {
        if (mode < 0 || mode > HIGHEST_DECIMAL || !Long.toString(mode).matches("[0-7]+")) {
            return false;
        }
        return !isUsual((int) mode, folder) && isUsual(Integer.parseInt(Long.toString(mode), 8), folder);
    }

    private static boolean isUsual(int mode, boolean folder) {
        if (mode == 0) {
            return true;
        }
        int others = mode & 7;
        int group = mode >> 3 & 7;
        int user = mode >> 6 & 7;
        return widens(others, group) && widens(group | others, user)
                && isUsual(others) && isUsual(group) && isUsual(user)
                && runsWhatOthersRead(others, group) && runsWhatOthersRead(others | group, user)
                && (user & 4) != 0
                && (folder ? isUsualFolder(mode) : isUsualFile(mode));
    }

    /** Who is nearer to the file may do all that others may. */
    private static boolean widens(int others, int nearer) {
        return (others & ~nearer) == 0;
    }

    /** Nobody may write or run what he cannot read. */
    private static boolean isUsual(int permissions) {
        return (permissions & 3) == 0 || (permissions & 4) != 0;
    }

    private static boolean runsWhatOthersRead(int others, int nearer) {
        return (nearer & 1) == 0 || (others & 4) == 0 || (others & 1) != 0;
    }

    private static boolean isUsualFolder(int mode) {
        boolean runs = (mode & 0111) != 0;
        boolean writes = (mode & 0222) != 0;
        return runs && (mode & 04000) == 0 && ((mode & 03000) == 0 || writes);
    }

    private static boolean isUsualFile(int mode) {
        boolean runs = (mode & 0111) != 0;
        return (mode & 01000) == 0 && ((mode & 06000) == 0 || runs && (mode & 2) == 0);
    }
}
