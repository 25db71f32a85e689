-- Looks into a bag that are owed an answer. A row is here only until Kafka has the answer, or nobody waits for it any more.
create table look (
    instruction_id  text        primary key,
    seller          text        not null,
    order_id        text        not null,
    account         text        not null,
    violet_order_id bigint      not null,
    bag_id          bigint      not null,
    why             text        not null,
    trace           text        check (length(trace) = 55), -- the traceparent that came with it
    since           timestamptz not null default now(),
    next_at         timestamptz not null,               -- when to look; while it is claimed, the end of the lease
    claim_no        integer     not null default 0,     -- the fence, as in the journal
    tries           integer     not null default 0
);
create index due_look on look (account, next_at);
-- Hints come in swarms: those that come before the look make one look.
create unique index one_look_for_all_hints on look (account, bag_id, seller, order_id) where why = 'HINT' and claim_no = 0;

-- What a person found out about a payment.
alter table call
    add column resolution  text check (resolution in ('HAPPENED', 'DID_NOT_HAPPEN')),
    add column resolved_by text,
    add column resolved_at timestamptz,
    add column found_late_at timestamptz,               -- when it was found after all; who pays that bag later knows it
    add constraint who_resolves_has_a_name check ((resolution is null) = (resolved_by is null));

-- What is done stays done, but for two things: a confirmation may be told again, and of a payment that ended without
-- certainty, or by a person's word, the truth may come out later. It is never to be carried out again.
drop trigger what_is_done_stays_done on call;
create trigger what_is_done_stays_done before update on call for each row
    when (old.state = 'DONE' and (new.state, new.report, new.revision) is distinct from (old.state, old.report, old.revision)
        and not (old.kind = 'CONFIRM' and new.state = 'DUE' and new.report = old.report and new.revision = old.revision)
        and not (old.kind = 'PAY' and new.state in ('ASKING', 'DONE') and new.revision = old.revision + 1
            and (old.report::json ->> 'outcome' in ('ACCEPTED', 'PARTLY', 'UNCLEAR') or old.resolution = 'DID_NOT_HAPPEN')))
    execute function refuse_second_thoughts('the end');
