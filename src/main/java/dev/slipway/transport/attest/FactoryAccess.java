package dev.slipway.transport.attest;

import dev.slipway.failure.Failure.Forbidden;
import dev.slipway.transport.ManufacturingNetworks;
import dev.slipway.transport.Peer;
import dev.slipway.transport.Stations;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Who may enrol TPMs: whoever may initialise devices. A token that is shown has to be good, wherever it comes from. */
@Singleton
final class FactoryAccess {

    private static final Pattern BEARER = Pattern.compile("[Bb][Ee][Aa][Rr][Ee][Rr] +([A-Za-z0-9_-]{1,128})");

    private final ManufacturingNetworks networks;
    private final Stations stations;

    FactoryAccess(ManufacturingNetworks networks, Stations stations) {
        this.networks = networks;
        this.stations = stations;
    }

    /**
     * @param inPath the token that the path begins with
     * @throws Forbidden if it is not open to this peer
     */
    void require(HttpServerRequest request, Optional<String> inPath) {
        require(Peer.address(request), request.headers().getAll("Authorization"), inPath);
    }

    void require(InetAddress peer, List<String> headers, Optional<String> inPath) {
        Stream<Optional<String>> shown = Stream.concat(inPath.stream().map(Optional::of), headers.stream().map(FactoryAccess::bearer));
        List<Optional<String>> tokens = shown.toList();
        boolean open = tokens.isEmpty()
                ? networks.contain(peer)
                : tokens.stream().allMatch(token -> token.flatMap(stations::find).isPresent());
        if (!open) {
            throw new Forbidden("enrolments are not taken from there; see slipway.manufacturer.networks and ./slipway station");
        }
    }

    private static Optional<String> bearer(String header) {
        Matcher matcher = BEARER.matcher(header);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
