/**
 * The Ignition specification, versions 3.0.0 to 3.6.0, as the Ignition program treats it.
 *
 * <p>Read {@link dev.slipway.ignition.spec.Spec} first: one table of fields, types, versions and rules, from which everything else here
 * works: {@link dev.slipway.ignition.spec.Merge} puts layers on top of each other.
 *
 * <p>Configs are plain JSON trees; the package knows neither templates nor profiles nor HTTP, and reads no file.
 *
 * @see "Ignition, Configuration Specification; Operator notes"
 */
package dev.slipway.ignition.spec;
