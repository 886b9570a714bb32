package dev.slipway.transport.fdo;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.key.TpmPolicy;
import java.util.Optional;

/**
 * A message as it came in.
 *
 * @param messageNumber from the path
 * @param contentType with parameters, if there were any
 * @param tpm what is asked of the key of a device that is initialised there
 * @param peer its address, in figures
 */
record FdoRequest(
        int messageNumber, Optional<String> authorization, Optional<String> contentType, Bytes body, Access access, TpmPolicy tpm, String peer) {}
