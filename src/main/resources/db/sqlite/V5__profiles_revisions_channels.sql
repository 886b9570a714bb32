-- Profiles as they were when somebody applied them. Rows are added, never changed.
create table profile_revision (
    profile         varchar(100)  not null,
    number          integer       not null,
    -- SHA-256 over everything in it; the same contents are the same revision.
    hash            blob          not null,
    author          varchar(255)  not null,
    comment         varchar(1024) not null,
    created_at      bigint        not null,
    primary key (profile, number)
);
create unique index profile_revision_hash on profile_revision (profile, hash);

-- What is in a revision. Documents, samples and small files are here as they were received; larger files are in the data folder, by SHA-256.
create table profile_entry (
    profile         varchar(100)  not null,
    number          integer       not null,
    path            varchar(4096) not null,
    -- FILE, LINK, FOLDER
    kind            varchar(8)    not null,
    executable      boolean       not null,
    length          bigint        not null,
    sha256          blob,
    sha384          blob,
    target          varchar(4096),
    contents        blob,
    primary key (profile, number, path),
    foreign key (profile, number) references profile_revision (profile, number)
);
create index profile_entry_sha256 on profile_entry (sha256);

-- Which revisions devices get.
create table profile_channel (
    profile         varchar(100)  not null primary key,
    version         bigint        not null,
    stable          integer       not null,
    canary          integer,
    percent         integer,
    foreign key (profile, stable) references profile_revision (profile, number),
    foreign key (profile, canary) references profile_revision (profile, number)
);

-- How they came to get them.
create table profile_move (
    id              blob          not null primary key,
    profile         varchar(100)  not null,
    at              bigint        not null,
    -- APPLIED, PROMOTED, ROLLED_BACK
    action          varchar(16)   not null,
    author          varchar(255)  not null,
    comment         varchar(1024) not null,
    stable          integer       not null,
    canary          integer,
    percent         integer
);
create index profile_move_of on profile_move (profile, id desc);
