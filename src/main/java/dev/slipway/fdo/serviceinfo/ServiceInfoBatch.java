package dev.slipway.fdo.serviceinfo;

import dev.slipway.fdo.type.ServiceInfoKeyValue;
import java.util.ArrayList;
import java.util.List;

/** The service info of one message, never larger than the peer takes. */
public final class ServiceInfoBatch {

    /** Of the array around the pairs. */
    private static final int HEAD_OCTETS = 3;

    private final List<ServiceInfoKeyValue> serviceInfo = new ArrayList<>();
    private int room;

    /** @param maxOctets of the encoded array */
    public ServiceInfoBatch(int maxOctets) {
        this.room = maxOctets - HEAD_OCTETS;
    }

    /** Octets that are left for pairs. */
    public int room() {
        return room;
    }

    /** Whether there was room for it. */
    public boolean add(ServiceInfoKeyValue keyValue) {
        int octets = keyValue.encode().length();
        if (octets > room) {
            return false;
        }
        room -= octets;
        serviceInfo.add(keyValue);
        return true;
    }

    public List<ServiceInfoKeyValue> serviceInfo() {
        return List.copyOf(serviceInfo);
    }
}
