package dev.slipway.persistence;

import java.util.List;
import org.hibernate.boot.registry.selector.SimpleStrategyRegistrationImpl;
import org.hibernate.boot.registry.selector.StrategyRegistration;
import org.hibernate.boot.registry.selector.StrategyRegistrationProvider;
import org.hibernate.dialect.Dialect;

/** Resolves the dialect that application.properties names {@code slipway} when the program starts, not when it is built. */
public final class UrlDialect implements StrategyRegistrationProvider {

    @Override
    public Iterable<StrategyRegistration<?>> getStrategyRegistrations() {
        return List.of(new SimpleStrategyRegistrationImpl<>(Dialect.class, SlipwaySqliteDialect.class, "slipway"));
    }
}
