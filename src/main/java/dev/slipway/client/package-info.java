/**
 * Speaks FDO to a service over HTTP, as a device or an owner does: {@link dev.slipway.client.FdoClient}.
 *
 * <p>It carries messages and the token, and knows what an error looks like; what the messages mean is for those who use it, the simulator
 * and the owner's side of TO0.
 */
package dev.slipway.client;
