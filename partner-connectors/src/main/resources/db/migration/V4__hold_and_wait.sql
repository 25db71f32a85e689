-- While a row is here no payment is begun; everything else goes on. A person puts it here and takes it away: after a restore the
-- journal first reads what was ended since the backup.
create table payments_held (
    why   text        not null,
    since timestamptz not null default now()
);

-- While a report is being told, tell_at says when to do it again; since when it waits is asked by an alert.
alter table call add column untold_since timestamptz;   -- null where nothing was taken to be told, or all of it was
