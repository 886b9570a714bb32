package dev.slipway.ignition;

import dev.slipway.failure.Finding.Position;
import java.util.List;

/**
 * Where a value of a rendered config comes from.
 *
 * @param pointer the value, as a JSON pointer
 * @param file of the profile
 * @param names what its expressions use, in their order: {@code param.site}, {@code device.serial}; none where it is written as it is
 */
public record ValueOrigin(String pointer, String file, Position position, List<String> names) {}
