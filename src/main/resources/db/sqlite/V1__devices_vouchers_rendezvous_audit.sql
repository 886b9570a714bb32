-- A device is its attestation key; GUIDs come and go.
create table device (
    id              blob         not null primary key,
    device_key      blob         not null,
    serial          varchar(255) not null,
    device_info     varchar(1024) not null,
    state           varchar(32)  not null,
    since           bigint       not null,
    onboarded_at    bigint
);
create unique index device_key_unique on device (device_key);
create index device_serial on device (serial);

-- Vouchers that we own or owned. `encoded` is what was verified, octet by octet.
create table voucher (
    guid            blob         not null primary key,
    device_id       blob         not null references device (id),
    encoded         blob         not null,
    -- active: the device may onboard under it; retired: it was replaced, and kept for the record.
    state           varchar(16)  not null,
    -- The GUID under which the TO2 was done that made this voucher.
    predecessor     blob,
    -- The device was seen under this GUID, or it came from a device initialisation.
    seen            boolean      not null,
    created_at      bigint       not null
);
create index voucher_device on voucher (device_id, created_at);
create index voucher_predecessor on voucher (predecessor);

create table rendezvous_blob (
    guid            blob         not null primary key,
    to1d            blob         not null,
    device_key      blob         not null,
    owner_path      blob         not null,
    -- Null where the owner is this server.
    expires_at      bigint
);
create index rendezvous_blob_expiry on rendezvous_blob (expires_at);

-- Append-only.
create table audit_event (
    id              blob         not null primary key,
    event           varchar(64)  not null,
    at              bigint       not null,
    actor           varchar(64)  not null,
    guid            varchar(36),
    outcome         varchar(16)  not null,
    reason          varchar(64)  not null,
    facts           clob         not null
);
create index audit_event_guid on audit_event (guid, id);
