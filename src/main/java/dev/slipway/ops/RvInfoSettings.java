package dev.slipway.ops;

import dev.slipway.fdo.type.RendezvousInfo.Directive;
import dev.slipway.fdo.type.RendezvousInfo;
import dev.slipway.fdo.type.RvProtocol;
import dev.slipway.fdo.type.RvText;
import dev.slipway.fdo.type.RvTo2Addr;
import dev.slipway.fdo.type.RvTo2AddrText;
import dev.slipway.fdo.type.RvVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Directives and addresses that an operator wrote himself. What no device could use is refused; what some cannot is warned of. */
final class RvInfoSettings {

    private static final Logger LOG = Logger.getLogger(RvInfoSettings.class);
    /** ProveOVHdr carries it, and has to fit into 2000 octets with all else. */
    private static final int MAX_OCTETS = 1_000;

    private RvInfoSettings() {}

    /** @throws StartException saying what is wrong with which directive */
    static RendezvousInfo rendezvousInfo(List<String> texts) {
        RendezvousInfo rvInfo = RendezvousInfo.of(parse("slipway.rendezvous.directives", texts, RvText::parse));
        if (rvInfo.encoded().length() > MAX_OCTETS) {
            throw new StartException(
                    "slipway.rendezvous.directives has " + rvInfo.encoded().length() + " octets; devices take at most " + MAX_OCTETS);
        }
        for (int i = 0; i < texts.size(); i++) {
            for (String trouble : troubles(rvInfo.directives().get(i))) {
                LOG.warnf("slipway.rendezvous.directives[%d]: %s: %s", i, trouble, RvText.describe(rvInfo).get(i));
            }
        }
        return rvInfo;
    }

    private static List<String> troubles(Directive directive) {
        List<String> troubles = new ArrayList<>();
        boolean onlyWaits = directive.has(RvVariable.DELAYSEC) && directive.instructions().size() == 1;
        if (!onlyWaits && !directive.has(RvVariable.DNS) && !directive.has(RvVariable.IP_ADDRESS)) {
            troubles.add("no device can use a directive without dns or ip-address");
        }
        if (!onlyWaits && (!directive.has(RvVariable.PROTOCOL) || RvProtocol.of(directive).schemes().size() != 1)) {
            troubles.add("many devices need protocol=http or protocol=https");
        }
        if (!onlyWaits && !directive.has(RvVariable.DEV_PORT)) {
            troubles.add("devices disagree about the port where there is no dev-port");
        }
        if (directive.has(RvVariable.DEV_ONLY) || directive.has(RvVariable.OWNER_ONLY) || directive.has(RvVariable.BYPASS)) {
            troubles.add("some devices cannot read directives with dev-only, owner-only or bypass");
        }
        return troubles;
    }

    /** @throws StartException saying what is wrong with which address */
    static RvTo2Addr addresses(List<String> texts) {
        return new RvTo2Addr(parse("slipway.owner.addresses", texts, RvTo2AddrText::parse));
    }

    private static <T> List<T> parse(String setting, List<String> texts, Function<String, T> parser) {
        List<T> parsed = new ArrayList<>();
        for (String text : texts) {
            try {
                parsed.add(parser.apply(text));
            } catch (IllegalArgumentException e) {
                // Not the text itself: it may hold a Wi-Fi password.
                throw new StartException(setting + "[" + parsed.size() + "]: " + e.getMessage());
            }
        }
        return parsed;
    }
}
