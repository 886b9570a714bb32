package dev.slipway.fdo.type;

import dev.slipway.bytes.Bytes;
import java.security.PublicKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The keys of manufacturers and owners are in voucher after voucher: those that were decoded lately are not decoded again. */
final class RecentKeys {

    private static final int MAX_KEYS = 256;

    private static final Map<Bytes, PublicKey> KEYS = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, PublicKey> eldest) {
            return size() > MAX_KEYS;
        }
    });

    private RecentKeys() {}

    /** As {@link SubjectPublicKeyInfo#decode} does it. */
    static PublicKey decode(Bytes der) {
        PublicKey known = KEYS.get(der);
        if (known != null) {
            return known;
        }
        PublicKey key = SubjectPublicKeyInfo.decode(der);
        // A copy: these octets are part of a message, which is not to stay.
        KEYS.put(Bytes.owning(der.toArray()), key);
        return key;
    }
}
