package dev.slipway.fdo.message;

/** The protocols of FDO 1.1: device initialisation and the three transfer-ownership protocols. */
public enum Protocol {
    DI,
    TO0,
    TO1,
    TO2
}
