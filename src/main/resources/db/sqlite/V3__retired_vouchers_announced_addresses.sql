-- Since when the octets of a retired voucher are of no more use; null before that, and when they are gone.
alter table voucher add column retired_at bigint;
update voucher set retired_at = cast(strftime('%s', 'now') as integer) * 1000 where state = 'RETIRED';
create index voucher_retired on voucher (retired_at);

-- Where devices are told that their owner is, by our own rendezvous service: RVTO2Addr, as of the last start. No row, or one.
create table announced_addresses (
    id              integer      not null primary key,
    addresses       blob         not null
);
