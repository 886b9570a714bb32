package dev.slipway.transport.fdo;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Where device initialisation is accepted from: this machine, and networks that are listed. */
public final class ManufacturingNetworks {

    private final List<IpSubnetFilterRule> networks;

    /**
     * @param networks in CIDR notation: {@code 192.0.2.0/24}, {@code 2001:db8::/32}
     * @throws IllegalArgumentException if one is not
     */
    public ManufacturingNetworks(List<String> networks) {
        this.networks = networks.stream().map(ManufacturingNetworks::parse).toList();
    }

    private static IpSubnetFilterRule parse(String network) {
        try {
            String[] parts = network.split("/", -1);
            return new IpSubnetFilterRule(parts[0], Integer.parseInt(parts[1]), IpFilterRuleType.ACCEPT);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "slipway.manufacturer.networks: '" + network + "' is not a network such as 192.0.2.0/24 or 2001:db8::/32", e);
        }
    }

    boolean contain(InetAddress peer) {
        InetSocketAddress address = new InetSocketAddress(peer, 0);
        return peer.isLoopbackAddress() || networks.stream().anyMatch(network -> network.matches(address));
    }
}
