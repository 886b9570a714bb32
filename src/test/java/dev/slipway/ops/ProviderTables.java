package dev.slipway.ops;

import java.security.Provider;
import java.security.Security;

/** Runs something with each table of providers that the program may start with. */
public final class ProviderTables {

    private ProviderTables() {}

    /** @param corretto false for a machine that the native library is not made for */
    public static void with(boolean corretto, Runnable action) {
        CryptoProviders.install();
        Provider usual = Security.getProvider("Slipway");
        Security.removeProvider("Slipway");
        Security.insertProviderAt(CryptoProviders.table(corretto), 1);
        try {
            action.run();
        } finally {
            Security.removeProvider("Slipway");
            Security.insertProviderAt(usual, 1);
        }
    }
}
