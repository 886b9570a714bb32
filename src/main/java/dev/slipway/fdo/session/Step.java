package dev.slipway.fdo.session;

import dev.slipway.fdo.message.FdoMessage;

/** What a handler decided: where the session goes, and the answer. Whatever the answer acknowledges is durable by now. */
public record Step(SessionState next, FdoMessage.FromService reply) {}
