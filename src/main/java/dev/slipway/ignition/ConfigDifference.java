package dev.slipway.ignition;

import java.util.Optional;

/**
 * One difference between two configs, fit for any eye.
 *
 * @param path as people say it: {@code storage.files[/etc/hostname].contents.source}
 * @param pointer the same in the config before; of what was added, the nearest place around it
 * @param before empty where it was added
 * @param after empty where it was removed
 * @param secret whether a value may hold a secret, which is masked; then before and after may read the same
 */
public record ConfigDifference(String path, String pointer, Optional<String> before, Optional<String> after, boolean secret) {}
