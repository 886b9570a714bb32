/**
 * Which profiles and values a device is given, and why: groups that select devices, a table of single devices, and what an operator assigned
 * to one.
 *
 * <p>Read {@link dev.slipway.ignition.assignment.Resolution} first: from the rules of all groups
 * ({@link dev.slipway.ignition.assignment.GroupRules}) and what is known of one device ({@link dev.slipway.ignition.assignment.DeviceEntry})
 * to layers of profiles and to values, each with where it comes from. {@link dev.slipway.ignition.assignment.AssignedConfigs} makes of that
 * what the device gets. From weakest to strongest: the installation's parameter file, groups by their priority, rows of the table, the
 * device's own.
 *
 * <p>Two groups of the same priority that disagree over a device are an error, never a matter of luck. A device that nobody gives a profile
 * waits. The package knows no storage and no tickets.
 */
package dev.slipway.ignition.assignment;
