-- The call journal: what the partners were asked to do, and what became of it. What must never happen is refused here.

-- An instruction: one row for ever. Hearing it again changes nothing of what was ordered.
create table call (
    instruction_id text        primary key,
    kind           text        not null check (kind in ('PAY', 'CONFIRM')),
    seller         text        not null,
    order_id       text        not null,
    refund_id      bigint      not null,
    account        text        not null,
    currency       text,
    bag_id         bigint,                              -- payments of a bag exclude one another; null where nothing is paid
    terms          text        not null,                -- what must be the same whenever it is heard
    instruction    text        not null,                -- as it was heard last
    trace          text        check (length(trace) = 55), -- the traceparent that came with it then
    state          text        not null check (state in ('DUE', 'SENT', 'ASKING', 'DONE')),
    since          timestamptz not null default now(),  -- when we began to wait for what we wait for now
    next_at        timestamptz not null default now(),  -- when to work on it; while it is claimed, the end of the lease
    claimed        boolean     not null default false,
    claim_no       integer     not null default 0,      -- the fence: every write of a claim names it
    tries          integer     not null default 0,      -- how often it was tried in vain
    revision       integer     not null default 0,
    report         text,                                -- the newest; null while there is nothing to tell
    tell_no        integer     not null default 0,      -- rises whenever the report is to be told (again)
    told_no        integer     not null default 0,      -- what Kafka certainly has
    tell_at        timestamptz not null default now(),  -- when to tell it; while it is being told, when to do it again
    constraint a_report_has_a_revision check ((revision = 0) = (report is null)),
    constraint what_is_done_was_told check (state <> 'DONE' or (report is not null and not claimed)),
    constraint a_payment_is_for_a_bag check (kind <> 'PAY' or bag_id is not null or state = 'DONE')
);
create unique index one_payment_of_a_bag_at_a_time on call (account, bag_id) where claimed;
create index due_call on call (account, next_at) where state <> 'DONE';
create index call_of_bag on call (account, bag_id);
create index untold_call on call (tell_at) where told_no < tell_no;

-- A request that may have left us: written, and committed, before it does.
create table attempt (
    instruction_id text        not null references call,
    no             integer     not null,
    kind           text        not null,
    claim_no       integer     not null,
    at             timestamptz not null default clock_timestamp(),
    body_sha256    text        not null,
    ended_at       timestamptz,
    outcome        text,                                -- null while (or because) nobody knows how it ended
    http_status    integer,
    said           text,
    primary key (instruction_id, no)
);
-- Only what certainly was not sent may be sent again.
create unique index paying_is_never_repeated on attempt (instruction_id)
    where kind = 'PAY' and outcome is distinct from 'NOT_SENT';

create function refuse_second_thoughts() returns trigger language plpgsql as $$
begin
    raise exception '% of % cannot change any more', tg_argv[0], old.instruction_id using errcode = '23514';
end $$;
create trigger an_attempt_ends_once before update on attempt for each row
    when (old.outcome is not null) execute function refuse_second_thoughts('the attempt');
create trigger what_is_done_stays_done before update on call for each row
    when (old.state = 'DONE' and (new.state, new.report, new.revision) is distinct from (old.state, old.report, old.revision)
        and not (old.kind = 'CONFIRM' and new.state = 'DUE' and new.report = old.report and new.revision = old.revision))
    execute function refuse_second_thoughts('the end');
create trigger the_order_stays_the_order before update on call for each row
    when ((new.terms, new.kind, new.account, new.bag_id) is distinct from (old.terms, old.kind, old.account, old.bag_id))
    execute function refuse_second_thoughts('the order');

-- Records that are not carried out for what they are themselves.
create table dead_letter (
    id            bigint generated always as identity primary key,
    topic         text        not null,
    kafka_part    integer     not null,
    kafka_offset  bigint      not null,
    record_sha256 text        not null,
    record_key    bytea,
    record_value  bytea,
    headers       text        not null,
    reason        text        not null,
    at            timestamptz not null default now(),
    unique (topic, kafka_part, kafka_offset, record_sha256)
);
