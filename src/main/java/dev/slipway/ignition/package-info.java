/**
 * From a profile (a folder of {@code config-templates/}) and the facts about one device to the Ignition config of that device.
 *
 * <p>Read {@link dev.slipway.ignition.Profile} first: it is parsed and linted once ({@link dev.slipway.ignition.ProfileSource}), renders
 * for many devices at a time, and gives out only what {@link dev.slipway.ignition.spec.ConfigValidator} accepted. A template is JSON or
 * Butane ({@link dev.slipway.ignition.ConfigTemplate}) whose strings may hold CEL expressions, {@code {{ device.serial }}}; it is parsed
 * before anything is substituted, and what a value may look like is decided by the place it lands in ({@link dev.slipway.ignition.Place},
 * {@link dev.slipway.ignition.ValueRule}), so that no value can change the structure of the config, of a unit, of a URL or of a command line.
 *
 * <p>Before a profile is given to anybody, {@link dev.slipway.ignition.ProfileLint} tries it with its samples.
 * {@link dev.slipway.ignition.ConfigDiff} says what is different between two rendered configs, and
 * {@link dev.slipway.ignition.ConfigPreview} where each value comes from. What a profile consists of is said by its
 * {@link dev.slipway.ignition.ProfileManifest}, whose hash is the revision. How revisions get to devices is the matter of
 * {@code dev.slipway.ignition.rollout}, which this package does not know.
 *
 * <p>Standards: Ignition specification 3.0.0 to 3.6.0, RFC 8259 (JSON), RFC 2397 (data URLs), Common Expression Language. The package
 * reads no file and knows neither FDO nor HTTP.
 */
package dev.slipway.ignition;
