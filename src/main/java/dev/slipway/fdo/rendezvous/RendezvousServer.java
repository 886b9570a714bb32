package dev.slipway.fdo.rendezvous;

import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.type.RendezvousInfo.Directive;
import dev.slipway.fdo.type.RendezvousInfo;
import dev.slipway.fdo.type.RvUrls;
import dev.slipway.fdo.type.RvVariable;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rendezvous server as an owner sees it.
 *
 * @param urls the ways to reach it, best first; at least one. The first is what it is known by
 * @see "FIDO Device Onboard 1.1, Rendezvous Info Processing"
 */
public record RendezvousServer(List<URI> urls) {

    public URI name() {
        return urls.get(0);
    }

    /**
     * All servers that a voucher names, each once. A device may ask any of them, so an owner registers with all. Directives for devices
     * only, those that bypass rendezvous, those without an address or with a transport other than HTTP, and those that cannot be read name
     * none.
     */
    public static List<RendezvousServer> of(RendezvousInfo rvInfo) {
        Map<URI, RendezvousServer> servers = new LinkedHashMap<>();
        for (Directive directive : rvInfo.directives()) {
            if (!directive.has(RvVariable.DEV_ONLY) && !directive.has(RvVariable.BYPASS)) {
                List<URI> urls = readableUrls(directive);
                if (!urls.isEmpty()) {
                    servers.putIfAbsent(urls.get(0), new RendezvousServer(urls));
                }
            }
        }
        return List.copyOf(servers.values());
    }

    /** Somebody else wrote the directive: what stands for a name there may be anything. */
    private static List<URI> readableUrls(Directive directive) {
        try {
            return RvUrls.of(directive, RvVariable.OWNER_PORT);
        } catch (Malformed e) {
            return List.of();
        }
    }
}
