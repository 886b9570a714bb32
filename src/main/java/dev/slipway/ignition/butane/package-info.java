/**
 * From Butane, the YAML in which people write configs, to the JSON that Ignition reads.
 *
 * <p>Read {@link dev.slipway.ignition.butane.Translator} first; it names the steps. Before it, {@link dev.slipway.ignition.butane.ButaneConfig}
 * is read: YAML nodes, bound to the types of the fields they stand for ({@link dev.slipway.ignition.butane.Schema}, made of the table of
 * {@code ignition.spec}), each with its line. What a config embeds comes through {@link dev.slipway.ignition.butane.LocalFiles}, and is
 * encoded once ({@link dev.slipway.ignition.butane.Assets}).
 *
 * <p>Variants fcos, flatcar, fiot and r4e, all stable versions, with the words of Butane 0.29.0. Stricter than Butane in what would have no
 * effect or another one than meant: unknown keys, tags, a second document, numbers with a fraction, paths that leave the folder of files by
 * a symbolic link, texts that are no UTF-8, child configs that are invalid.
 *
 * <p>The package knows no templates and reads no file: where a template has an expression, it is told so by
 * {@link dev.slipway.ignition.butane.Markup}.
 *
 * @see "Butane, Specifications; YAML 1.2, with the scalars of Go's yaml.v3"
 */
package dev.slipway.ignition.butane;
