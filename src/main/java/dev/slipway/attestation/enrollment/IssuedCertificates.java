package dev.slipway.attestation.enrollment;

import java.security.cert.X509Certificate;
import java.util.Optional;

/** Those that were promised. */
public record IssuedCertificates(Optional<X509Certificate> device, Optional<X509Certificate> ak) {}
