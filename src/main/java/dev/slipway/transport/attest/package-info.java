/**
 * What a factory line and a device's initramfs call to attest a TPM: {@code POST /attest/v1/enrollments} and
 * {@code /attest/v1/enrollments/{id}/proof} at the line, {@code /attest/v1/challenges} and {@code /attest/v1/evidence} from an initramfs.
 *
 * <p>Requests come as JSON, as {@code multipart/form-data} with raw octets, or as CBOR, and are the same parts by name; answers are JSON, or
 * CBOR where it is asked for. A refusal is a code and a fixed phrase. Read {@link dev.slipway.transport.attest.AttestEndpoint} first.
 */
package dev.slipway.transport.attest;
