package dev.slipway.transport;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where device initialisation is accepted from: this machine, and networks that are listed. */
public final class ManufacturingNetworks {

    /** An address in figures: a name would be looked up, and could be anybody's. */
    private static final Pattern CIDR = Pattern.compile("([0-9]+(?:\\.[0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)/([0-9]{1,3})");

    private final List<IpSubnetFilterRule> networks;

    /**
     * @param networks in CIDR notation: {@code 192.0.2.0/24}, {@code 2001:db8::/32}
     * @throws IllegalArgumentException if one is not
     */
    public ManufacturingNetworks(List<String> networks) {
        this.networks = networks.stream().map(ManufacturingNetworks::parse).toList();
    }

    private static IpSubnetFilterRule parse(String network) {
        Matcher matcher = CIDR.matcher(network);
        if (!matcher.matches()) {
            throw notANetwork(network);
        }
        try {
            return new IpSubnetFilterRule(matcher.group(1), Integer.parseInt(matcher.group(2)), IpFilterRuleType.ACCEPT);
        } catch (IllegalArgumentException e) {
            throw notANetwork(network);
        }
    }

    private static IllegalArgumentException notANetwork(String network) {
        return new IllegalArgumentException(
                "slipway.manufacturer.networks: '" + network + "' is not a network such as 192.0.2.0/24 or 2001:db8::/32");
    }

    public boolean contain(InetAddress peer) {
        InetSocketAddress address = new InetSocketAddress(peer, 0);
        return peer.isLoopbackAddress() || networks.stream().anyMatch(network -> network.matches(address));
    }
}
