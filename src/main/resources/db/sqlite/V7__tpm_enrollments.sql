-- That a device key is in one TPM.
create table enrollment (
    -- SubjectPublicKeyInfo, as of a device: its GUIDs come and go.
    device_key      blob         not null primary key,
    -- What it was enrolled for; null where it had no GUID then.
    guid            blob,
    -- TPMT_PUBLIC, with their Names
    device_public   blob         not null,
    device_name     blob         not null,
    ak_public       blob         not null,
    ak_name         blob         not null,
    ek_status       varchar(16)  not null,
    -- What the vendor calls the TPM; null where no vendor certified it.
    manufacturer    varchar(8),
    model           varchar(64),
    version         varchar(16),
    enrolled_at     bigint       not null,
    -- Of the last quote; null before the first.
    clock_millis    bigint,
    reset_count     bigint,
    restart_count   bigint,
    clock_safe      boolean,
    -- PCR values, as sha256:0=HEX sha256:7=HEX; null before the first.
    quoted          varchar(8192),
    -- What an operator accepted of these, and when; null where all is recorded only.
    accepted        varchar(8192),
    accepted_at     bigint
);
create unique index enrollment_guid on enrollment (guid);
create unique index enrollment_device on enrollment (device_name);
create unique index enrollment_ak on enrollment (ak_name);

-- The EKs that a TPM was enrolled by.
create table enrolled_ek (
    device_key      blob         not null references enrollment (device_key),
    ek_name         blob         not null,
    -- TPMT_PUBLIC
    ek_public       blob         not null,
    enrolled_at     bigint       not null,
    primary key (device_key, ek_name)
);
create index enrolled_ek_name on enrolled_ek (ek_name);

-- What an operator has to decide about the enrolment of a device.
create table enrollment_contradiction (
    -- A GUID; the Name of a device key where there is none.
    subject         blob         not null,
    ek_name         blob         not null,
    reason          varchar(32)  not null,
    device_name     blob         not null,
    at              bigint       not null,
    accepted        boolean      not null,
    primary key (subject, ek_name, reason)
);
