-- Who certified the device's key, by name; and what an operator labelled it with, a JSON object of texts.
alter table device add column manufacturer varchar(255) not null default '';
alter table device add column labels clob not null default '{}';

-- Rules that select devices. `parameters` can be read; what is secret is in `sealed`, encrypted, under a key that is not here.
create table device_group (
    name            varchar(100)  not null primary key,
    version         bigint        not null,
    priority        integer       not null,
    selector        clob          not null,
    profile         varchar(100),
    parameters      clob          not null,
    sealed          blob,
    comment         varchar(1000),
    changed_at      bigint        not null
);

-- What an operator assigned to one device.
create table device_assignment (
    device_id       blob          not null primary key references device (id),
    version         bigint        not null,
    profile         varchar(100),
    parameters      clob          not null,
    sealed          blob,
    changed_at      bigint        not null
);

-- What a table gives to devices, by serial or GUID; there may be no such device yet.
create table device_row (
    device          varchar(255)  not null primary key,
    group_name      varchar(100),
    labels          clob          not null,
    parameters      clob          not null,
    sealed          blob
);
create index device_row_group on device_row (group_name);

-- A table that is being read; it becomes rows as one, or nothing of it does.
create table device_row_upload (
    upload          blob          not null,
    device          varchar(255)  not null,
    -- False for a row that is there already as it is.
    changed         boolean       not null,
    group_name      varchar(100),
    labels          clob          not null,
    parameters      clob          not null,
    sealed          blob,
    primary key (upload, device)
);

-- What was leased: profiles and their hashes, lowest first, as NAME@SHA256 with blanks between; empty until then.
alter table ticket add column revisions varchar(4096) not null default '';
update ticket set revisions = profile || '@' || lower(hex(revision)) where leased_at is not null;
alter table ticket drop column profile;
alter table ticket drop column revision;
