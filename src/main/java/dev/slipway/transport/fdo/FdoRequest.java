package dev.slipway.transport.fdo;

import dev.slipway.bytes.Bytes;
import java.util.Optional;

/**
 * A message as it came in.
 *
 * @param messageNumber from the path
 * @param contentType with parameters, if there were any
 * @param peer its address, in figures
 */
record FdoRequest(
        int messageNumber, Optional<String> authorization, Optional<String> contentType, Bytes body, Access access, String peer) {}
