/**
 * What can go wrong, as one closed hierarchy: {@link dev.slipway.failure.Failure}. Reports of a validation or an appraisal are lists of
 * {@link dev.slipway.failure.Finding}.
 *
 * <p>A failure is raised where the fact is known and converted once per surface (FDO error message, HTTP status). Its message is for the
 * operator; a peer only ever gets a fixed phrase. The package knows no protocol.
 */
package dev.slipway.failure;
