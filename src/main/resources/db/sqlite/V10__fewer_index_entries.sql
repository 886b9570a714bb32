-- Each index entry is one more page of the log for each onboarding. Successors of a voucher are found among those of its device; what is
-- asked for by expiry or retirement has one.
drop index voucher_predecessor;
drop index voucher_retired;
create index voucher_retired on voucher (retired_at) where retired_at is not null;
drop index rendezvous_blob_expiry;
create index rendezvous_blob_expiry on rendezvous_blob (expires_at) where expires_at is not null;
