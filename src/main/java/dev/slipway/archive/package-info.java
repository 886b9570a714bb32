/**
 * Profiles as archives: tar (POSIX.1-2001, ustar and pax), plain or compressed with gzip (RFC 1952), which is how they travel between machines.
 *
 * <p>{@link dev.slipway.archive.ArchiveWriter} writes one from a folder; {@link dev.slipway.archive.ProfileArchive} reads one from anybody,
 * within limits that hold before memory or disk is taken. Nothing is ever unpacked into a file system by the names in an archive.
 */
package dev.slipway.archive;
