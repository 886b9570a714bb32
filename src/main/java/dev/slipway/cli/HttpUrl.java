package dev.slipway.cli;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where a service is. */
final class HttpUrl implements ITypeConverter<URI> {

    @Override
    public URI convert(String value) {
        try {
            URI url = new URI(value);
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new TypeConversionException("'" + value + "' is no URL such as http://127.0.0.1:8080");
    }
}
