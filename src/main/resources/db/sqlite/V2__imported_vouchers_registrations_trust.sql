-- Where a voucher came from, and whether those it names were trusted then.
alter table voucher add column source varchar(16) not null default 'MANUFACTURED';
alter table voucher add column trusted boolean not null default true;
create index voucher_time on voucher (created_at desc, guid);

-- What we have to do, and did, at the rendezvous servers of others.
create table registration (
    id              blob          not null primary key,
    guid            blob          not null references voucher (guid),
    server          varchar(512)  not null,
    next_attempt    bigint        not null,
    accepted        boolean       not null,
    granted_until   bigint,
    failures        integer       not null,
    last_error      varchar(1024),
    last_attempt    bigint,
    -- What the server was told, encoded as RVTO2Addr; null before it accepted.
    addresses       blob
);
create unique index registration_of on registration (guid, server);
create index registration_due on registration (next_attempt);

-- Whom the operator believes: certificates of device CAs, public keys of manufacturers and owners.
create table trust_anchor (
    -- SHA-256 of what is in `encoded`.
    fingerprint     blob          not null,
    kind            varchar(16)   not null,
    encoded         blob          not null,
    name            varchar(1024) not null,
    added_at        bigint        not null,
    primary key (kind, fingerprint)
);
