/**
 * Where Ignition fetches configs: {@code GET /ignition/v1/config}, and {@code POST /ignition/v1/done} of the machine that came of it.
 *
 * <p>What a status does to a device decides which it gets. Any 4xx stops its boot, so that is for what waiting cannot mend; a 503 makes it
 * ask again every five seconds, for ever, and an empty 200 or a 204 would boot a machine without a config, so there is none.
 *
 * @see "Ignition, Operator notes; HTTP status codes"
 */
package dev.slipway.transport.ignition;
