package dev.slipway.admin;

import dev.slipway.ignition.RenderedConfig;
import jakarta.ws.rs.core.Response;

/** Pointer configs as answers: there is a ticket in each, so nobody between is to keep them. */
final class PointerConfigs {

    private static final String MEDIA_TYPE = "application/vnd.coreos.ignition+json";

    private PointerConfigs() {}

    static Response response(RenderedConfig pointer) {
        return Response.ok(pointer.octets().toArray())
                .header("Content-Type", MEDIA_TYPE + ";version=" + pointer.version().text())
                .header("Cache-Control", "no-store")
                .header("Vary", "Accept")
                .build();
    }
}
