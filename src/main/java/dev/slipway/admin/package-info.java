/**
 * The REST API under {@code /api/v1}, for admins and automation, and the pointer configs for installers. Everything in it wants the
 * operator's token.
 *
 * <p>Resources translate: they call core services and ports, and know no rule of a protocol.
 */
package dev.slipway.admin;
