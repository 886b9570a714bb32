-- What machines may boot, as somebody wrote it. Rows are added, never changed; the highest number is in force.
create table policy_revision (
    policy          varchar(100)  not null,
    number          integer       not null,
    -- SHA-256 over the file
    hash            blob          not null,
    author          varchar(255)  not null,
    comment         varchar(1024) not null,
    created_at      bigint        not null,
    contents        blob          not null,
    primary key (policy, number)
);

-- What was made of the last quote: by which policies, or by what was accepted; null where it was recorded only.
alter table enrollment add column judged_at bigint;
alter table enrollment add column judged_by varchar(1024);
alter table enrollment add column image varchar(255);
-- A JSON list of what was wrong: id, path, message.
alter table enrollment add column findings clob;

-- What a device sent last, as it was received.
create table boot_evidence (
    device_key      blob          not null primary key references enrollment (device_key),
    at              bigint        not null,
    quote           blob          not null,
    signature       blob          not null,
    pcrs            blob          not null,
    event_log       blob,
    userspace_log   blob,
    pcr_signature   blob
);
