package dev.slipway.ignition;

/** The language that a template is written in: it decides what a place in it is. */
enum TemplateSyntax {
    /** Ignition's JSON, and beside it {@code inline}, which becomes the {@code source} of a resource. */
    IGNITION(ProfileSource.CONFIG) {
        @Override
        Place place(String path) {
            return Place.of(path);
        }

        @Override
        boolean isPrivate(String path) {
            return Place.isPrivate(path);
        }

        @Override
        boolean becomesSource(String path) {
            return Place.isInline(path);
        }
    },
    /** Butane, whose own {@code inline} is left to its translation. */
    BUTANE(ProfileSource.BUTANE) {
        @Override
        Place place(String path) {
            return ButanePlaces.of(path);
        }

        @Override
        boolean isPrivate(String path) {
            return ButanePlaces.isPrivate(path);
        }

        @Override
        boolean becomesSource(String path) {
            return false;
        }
    };

    private final String document;

    TemplateSyntax(String document) {
        this.document = document;
    }

    /** What the paths of findings start with. */
    String root() {
        return document + "#";
    }

    /** @param path with {@code *} for any index, as in {@link Place} */
    abstract Place place(String path);

    /** Whether only root can read on the device what stands there, beside the contents of private files. */
    abstract boolean isPrivate(String path);

    /** Whether the text there is the contents of a resource, which replace its source. */
    abstract boolean becomesSource(String path);
}
