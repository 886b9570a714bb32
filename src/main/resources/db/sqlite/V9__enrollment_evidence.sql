-- By what an enrolment was convinced, as vouchers carry it (TpmEvidence, CBOR); null where that was not kept.
alter table enrollment add column evidence blob;
