package dev.slipway.ignition.rollout;

import dev.slipway.failure.Failure.ConfigInvalid;
import java.io.IOException;
import java.io.InputStream;

/** Takes in what profiles consist of. */
public interface ContentStore {

    Staging begin();

    /** One profile on its way in, entry by entry, in any order. What does not fit a profile is collected, and refused at the end. */
    interface Staging {

        void folder(String path);

        void link(String path, String target);

        /**
         * @param contents streamed to where they are kept; read to their end, also where they are refused, unless they are too long
         * @throws IOException if they cannot be read
         * @throws dev.slipway.failure.Failure.Internal if they cannot be kept
         * @throws dev.slipway.failure.Failure.TooLarge if the profile is over a limit
         */
        void file(String path, boolean executable, InputStream contents) throws IOException;

        /**
         * When this returns, everything is on disk.
         *
         * @throws ConfigInvalid with everything that does not fit
         */
        StagedContents finish();
    }
}
