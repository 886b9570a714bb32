package dev.slipway.persistence;

import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.quarkus.agroal.runtime.AgroalConnectionConfigurer;
import io.quarkus.agroal.runtime.JdbcDriver;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.Map;

/** Connections to a file do not break, so the pool needs no way to tell broken ones. */
@Singleton
@Unremovable
@JdbcDriver("other")
public final class SqliteConnections implements AgroalConnectionConfigurer {

    @Override
    public void setExceptionSorter(String databaseKind, AgroalDataSourceConfigurationSupplier dataSourceConfiguration) {}

    @Override
    public void disableSslSupport(
            String databaseKind, AgroalDataSourceConfigurationSupplier dataSourceConfiguration, Map<String, String> additionalProperties) {}
}
