/**
 * The commands of {@code ./slipway} that are plain programs: {@code demo}, {@code simulate}, {@code bench}, {@code station}.
 *
 * <p>They run on the same jars as the service and speak to it over HTTP. What people read goes to standard output, errors go to standard
 * error, and exit codes are 0 (done), 1 (failed), 2 (wrong usage).
 */
package dev.slipway.cli;
