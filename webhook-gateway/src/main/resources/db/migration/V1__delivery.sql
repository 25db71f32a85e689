-- Every request of a partner that was trusted. The id is a UUIDv7, so it begins with the time: a day is a range of ids, and
-- forgetting a day is dropping its partition.
create table delivery (
    id          uuid        not null primary key,
    source      text        not null,
    received_at timestamptz not null,
    sha256      bytea       not null,
    headers     jsonb       not null,
    body        bytea       not null,
    new_since   timestamptz not null default now(), -- when it was kept, or told to be retold; by the one clock of all replicas
    tried_at    timestamptz,                        -- when it was taken up last, and could not be told
    state       text        not null default 'NEW' check (state in ('NEW', 'TOLD', 'QUARANTINED')),
    reason      text,
    constraint quarantined_for_a_reason check ((state = 'QUARANTINED') = (reason is not null))
) partition by range (id);

create index delivery_untold on delivery (tried_at nulls first, new_since) where state = 'NEW';
create index delivery_oldest on delivery (new_since) where state = 'NEW';
create index delivery_quarantined on delivery (id) where state = 'QUARANTINED';

-- The safety net for a day that nobody prepared.
create table delivery_default partition of delivery default;
