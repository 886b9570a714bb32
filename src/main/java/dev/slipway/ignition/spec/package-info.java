/**
 * The Ignition specification, versions 3.0.0 to 3.6.0, as the Ignition program treats it.
 *
 * <p>Read {@link dev.slipway.ignition.spec.Spec} first: one table of fields, types, versions and rules, from which everything else here
 * works. {@link dev.slipway.ignition.spec.ConfigValidator} says whether a config may be served,
 * {@link dev.slipway.ignition.spec.Merge} puts layers on top of each other, {@link dev.slipway.ignition.spec.Conversion} brings a config to
 * another version, and {@link dev.slipway.ignition.spec.AcceptHeader} says to which.
 *
 * <p>What is found in a config is a {@link dev.slipway.ignition.spec.Remark}, which keeps apart what Ignition makes of it and what Slipway
 * does. Slipway refuses whatever Ignition refuses, and besides: keys that the version does not know, also in other letter case, keys that
 * are there twice, and documents that are too large or too deep.
 *
 * <p>Configs are plain JSON trees; the package knows neither templates nor profiles nor HTTP, and reads no file.
 *
 * @see "Ignition, Configuration Specification; Operator notes"
 */
package dev.slipway.ignition.spec;
