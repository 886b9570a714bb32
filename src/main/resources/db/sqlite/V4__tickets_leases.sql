-- The right of one device to fetch one config. What the device shows is not here, only its hash.
create table ticket (
    -- SHA-256
    hash            blob          not null primary key,
    device_id       blob          not null references device (id),
    guid            blob          not null,
    stated_serial   varchar(1024),
    profile         varchar(100)  not null,
    revision        blob          not null,
    audience        varchar(512)  not null,
    level           varchar(16)   not null,
    means           varchar(16)   not null,
    minted_at       bigint        not null,
    -- awaiting_approval, unused, leased, reported, revoked, superseded; expired is what is past `until` in one of the first three.
    state           varchar(32)   not null,
    until           bigint        not null,
    leased_at       bigint,
    consumer        varchar(64),
    ended_at        bigint,
    alarm_at        bigint,
    alarm_consumer  varchar(64)
);
create index ticket_device on ticket (device_id, minted_at desc);
create index ticket_until on ticket (until);

-- What is given out again for as long as a lease lasts; encrypted, under a key that is not here.
create table lease (
    hash            blob          not null primary key references ticket (hash),
    version         varchar(8)    not null,
    sealed          blob          not null
);
