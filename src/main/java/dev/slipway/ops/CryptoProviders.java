package dev.slipway.ops;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Which provider serves which algorithm: the one table. The rest of the program asks JCA without naming a provider.
 *
 * <p>Amazon Corretto is several times faster where its native library loads. Where it does not, Bouncy Castle does elliptic curves, which it
 * does faster than the JDK, and the JDK everything symmetric.
 */
public final class CryptoProviders {

    private static final String NAME = "Slipway";

    private enum Fallback {
        BOUNCY_CASTLE,
        JDK
    }

    /** @param bouncyCastleName what Bouncy Castle calls it, where that differs */
    private record Row(String type, String algorithm, Fallback fallback, String bouncyCastleName) {

        private Row(String type, String algorithm, Fallback fallback) {
            this(type, algorithm, fallback, algorithm);
        }
    }

    /** Loaded where it is needed only: it is large. */
    private static final class BouncyCastle {
        private static final Provider PROVIDER = new BouncyCastleProvider();
    }

    private static final List<Row> TABLE = List.of(
            new Row("KeyPairGenerator", "EC", Fallback.BOUNCY_CASTLE),
            new Row("KeyFactory", "EC", Fallback.BOUNCY_CASTLE),
            new Row("KeyAgreement", "ECDH", Fallback.BOUNCY_CASTLE),
            new Row("Signature", "SHA256withECDSA", Fallback.BOUNCY_CASTLE),
            new Row("Signature", "SHA384withECDSA", Fallback.BOUNCY_CASTLE),
            new Row("Signature", "SHA256withECDSAinP1363Format", Fallback.BOUNCY_CASTLE, "SHA256withPLAIN-ECDSA"),
            new Row("Signature", "SHA384withECDSAinP1363Format", Fallback.BOUNCY_CASTLE, "SHA384withPLAIN-ECDSA"),
            new Row("Cipher", "AES/GCM/NoPadding", Fallback.JDK),
            new Row("Mac", "HmacSHA256", Fallback.JDK),
            new Row("Mac", "HmacSHA384", Fallback.JDK),
            new Row("MessageDigest", "SHA-256", Fallback.JDK),
            new Row("MessageDigest", "SHA-384", Fallback.JDK));

    private CryptoProviders() {}

    /**
     * Puts the table first among this JVM's providers, and has each row prove itself.
     *
     * @return in words, which provider serves what
     * @throws IllegalStateException if a row computes a wrong result
     */
    public static synchronized String install() {
        if (Security.getProvider(NAME) == null) {
            Security.insertProviderAt(table(AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null), 1);
            KnownAnswers.check();
        }
        return Security.getProvider(NAME).getInfo();
    }

    /** @param corretto whether its native library loads on this machine */
    static Provider table(boolean corretto) {
        Map<Row, Provider.Service> chosen = new LinkedHashMap<>();
        for (Row row : TABLE) {
            chosen.put(row, corretto ? AmazonCorrettoCryptoProvider.INSTANCE.getService(row.type(), row.algorithm()) : fallback(row));
        }
        return new Table(chosen);
    }

    private static Provider.Service fallback(Row row) {
        return switch (row.fallback()) {
            case BOUNCY_CASTLE -> BouncyCastle.PROVIDER.getService(row.type(), row.bouncyCastleName());
            case JDK -> Arrays.stream(Security.getProviders())
                    .map(provider -> provider.getService(row.type(), row.algorithm()))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow();
        };
    }

    private static String describe(Map<Row, Provider.Service> chosen) {
        Map<String, List<String>> byProvider = new TreeMap<>();
        chosen.forEach((row, service) -> byProvider
                .computeIfAbsent(service.getProvider().getName(), name -> new ArrayList<>())
                .add(row.algorithm()));
        return byProvider.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + String.join(", ", entry.getValue()))
                .collect(Collectors.joining("; "));
    }

    /** A provider that has nothing of its own. */
    private static final class Table extends Provider {

        private Table(Map<Row, Provider.Service> chosen) {
            super(NAME, "1", describe(chosen));
            chosen.forEach((row, service) -> putService(new Chosen(this, row, service)));
        }
    }

    private static final class Chosen extends Provider.Service {
        private final Provider.Service service;

        private Chosen(Provider table, Row row, Provider.Service service) {
            super(table, row.type(), row.algorithm(), service.getClassName(), List.of(), Map.of());
            this.service = service;
        }

        @Override
        public Object newInstance(Object constructorParameter) throws NoSuchAlgorithmException {
            return service.newInstance(constructorParameter);
        }

        @Override
        public boolean supportsParameter(Object parameter) {
            return service.supportsParameter(parameter);
        }
    }
}
