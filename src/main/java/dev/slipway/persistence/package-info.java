/**
 * The database behind the storage ports: one file of SQLite in the data folder.
 *
 * <p>All writes go through {@link dev.slipway.persistence.Writes}: SQLite has one writer, so what waits is committed as a group, by one
 * thread, and is on disk before anybody is answered. Reads take no transaction and never wait. What the JDBC URL names decides the driver,
 * the dialect and the folder of migrations when the program starts, so that another database is another folder and two lines here.
 *
 * <p>Ids are made by us, instants are integers (milliseconds), and vouchers are stored as the octets that were verified.
 */
package dev.slipway.persistence;
