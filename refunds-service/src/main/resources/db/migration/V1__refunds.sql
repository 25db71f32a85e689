-- What makes the promises hold stands here: nothing above paid, one refund per source ref, what is final stays final,
-- history only grows and has no gap. Money is in minor units.

create table customer_order (
    seller           text        not null check (seller ~ '^[a-z0-9-]{1,40}$'),
    order_id         text        not null check (order_id <> ''),
    number           text,
    version          bigint      not null check (version >= 0), -- 0: only learned from a partner
    digest           text        not null,                      -- of the order as told: one version has one content
    placed_at        timestamptz,
    currency         text        not null check (currency ~ '^[A-Z]{3}$'),
    customer_subject text,
    paid             bigint      not null check (paid >= 0),
    reserved         bigint      not null default 0 check (reserved >= 0),
    issued           bigint      not null default 0 check (issued >= 0),
    excess           bigint      not null default 0,
    primary key (seller, order_id),
    constraint never_more_than_paid check (excess = greatest(reserved + issued - paid, 0))
);

create index customer_order_by_customer on customer_order (seller, customer_subject)
    where customer_subject is not null;

create index customer_order_by_number on customer_order (seller, number) where number is not null;

create table order_line (
    seller              text    not null,
    order_id            text    not null,
    line_id             text    not null check (line_id <> ''),
    position            integer not null,
    kind                text    not null check (kind in ('ITEM', 'SHIPPING')),
    sku                 text,
    tax                 bigint  not null check (tax >= 0), -- the part of paid that is tax
    violet_order_id     bigint,
    violet_bag_id       bigint,
    violet_order_sku_id bigint,
    paid                bigint  not null check (paid >= 0),
    reserved            bigint  not null default 0 check (reserved >= 0),
    issued              bigint  not null default 0 check (issued >= 0),
    excess              bigint  not null default 0,
    units               bigint  not null check (units >= 0),
    units_reserved      bigint  not null default 0 check (units_reserved >= 0),
    units_issued        bigint  not null default 0 check (units_issued >= 0),
    units_excess        bigint  not null default 0,
    units_money         bigint  not null default 0 check (units_money >= 0), -- what units took so far
    primary key (seller, order_id, line_id),
    foreign key (seller, order_id) references customer_order,
    constraint never_more_than_paid_for_line check (excess = greatest(reserved + issued - paid, 0)),
    constraint never_more_than_bought check (units_excess = greatest(units_reserved + units_issued - units, 0))
);

create index order_line_by_violet_order on order_line (violet_order_id) where violet_order_id is not null;

create function nothing_reserved_in_excess() returns trigger language plpgsql as $$
begin
    raise exception 'nothing can be reserved while more than was paid is gone' using errcode = '23514';
end $$;

create trigger nothing_begins_in_excess before insert on customer_order for each row
    when (new.reserved > 0 and new.excess > 0) execute function nothing_reserved_in_excess();
create trigger nothing_begins_in_excess before insert on order_line for each row
    when (new.reserved > 0 and new.excess > 0 or new.units_reserved > 0 and new.units_excess > 0)
    execute function nothing_reserved_in_excess();
create trigger nothing_reserved_in_excess before update on customer_order for each row
    when (new.reserved > old.reserved and new.excess > 0) execute function nothing_reserved_in_excess();
create trigger nothing_reserved_in_excess before update on order_line for each row
    when (new.reserved > old.reserved and new.excess > 0
          or new.units_reserved > old.units_reserved and new.units_excess > 0)
    execute function nothing_reserved_in_excess();

-- What a portal shows of an order: kept apart, since nothing is decided by it.
create table order_shown (
    seller   text not null,
    order_id text not null,
    email    text, -- an HMAC; null where nobody said
    document text not null,
    primary key (seller, order_id),
    foreign key (seller, order_id) references customer_order deferrable initially deferred
);

-- A return that the merchant started itself.
create table merchant_return (
    seller   text not null,
    ref      text not null,
    document text not null,
    primary key (seller, ref)
);

create sequence refund_id start 1001;

create table refund (
    id                 bigint      primary key,
    seller             text        not null,
    order_id           text        not null,
    source_kind        text        not null,
    source_ref         text        not null,
    source             text        not null,
    status             text        not null
        check (status in ('REQUESTED', 'WAITING', 'PROCESSING', 'ISSUED', 'DENIED', 'CANCELLED')),
    refund_only        boolean     not null,
    currency           text        not null,
    amount             bigint      not null check (amount >= 0),
    issued             bigint      not null default 0 check (issued >= 0),
    reversed           bigint      not null default 0 check (reversed >= 0),
    goods              text        check (goods in ('EXPECTED', 'SHIPPED', 'RECEIVED', 'MISSING')), -- null: none come back
    requester          text        not null,
    request_reason     text,
    taken_back         boolean     not null, -- cancelled by whoever asked for it
    response_reason    text,
    tracking_id        text,
    carrier_name       text,
    asked              text        not null, -- what the source asked for, as it was told
    asked_amount       bigint      check (asked_amount > 0), -- null where the lines say it
    elsewhere          boolean     not null, -- whether somebody else gives the value
    lines              text        not null, -- where every cent of the amount lies
    holds              text        not null,
    confirmation_state text        check (confirmation_state in ('OWED', 'CONFIRMED')),
    confirmation_at    timestamptz,
    confirmation_revision integer,
    created_at         timestamptz not null,
    updated_at         timestamptz not null,
    confirmed_at       timestamptz,
    issued_at          timestamptz,
    due_at             timestamptz, -- when somebody must be reminded of what is unfinished
    reminders          integer     not null default 0,
    patience_days      integer     not null check (patience_days > 0), -- before it is overdue
    version            integer     not null check (version >= 1),
    -- everything unfinished has a next time or a person
    constraint nothing_is_owed_and_unowned check (
        due_at is not null or holds <> '[]'
        or status in ('ISSUED', 'DENIED', 'CANCELLED') and confirmation_state is distinct from 'OWED'),
    foreign key (seller, order_id) references customer_order,
    unique (seller, source_kind, source_ref)
);
create index refund_by_seller on refund (seller, id desc);
create index refund_by_order on refund (seller, order_id, id desc);
create index refund_due on refund (due_at) where due_at is not null;
create index refund_owed on refund (issued_at) where confirmation_state = 'OWED';

create function what_is_final_stays_final() returns trigger language plpgsql as $$
begin
    raise exception 'refund % is % and stays so', old.id, old.status using errcode = '23514';
end $$;
create trigger what_is_final_stays_final before update on refund for each row
    when (old.status in ('ISSUED', 'DENIED', 'CANCELLED') and new.status <> old.status)
    execute function what_is_final_stays_final();

create table payout (
    reference         text        primary key, -- also the instruction id
    refund_id         bigint      not null references refund,
    no                integer     not null check (no >= 1),
    channel           text        not null check (channel in ('VIOLET', 'EXTERNAL', 'MANUAL')),
    account           text,
    violet_order_id   bigint,
    bag_id            bigint,
    amount            bigint      not null check (amount >= 0),
    lines             text        not null,
    outcome           text        check (outcome in ('ACCEPTED', 'COMPLETED', 'PARTLY', 'DECLINED', 'NOT_SENT', 'UNCLEAR')),
    moved             bigint      not null default 0 check (moved >= 0),
    revision          integer     not null default 0,
    final             boolean     not null default false,
    partner_refund_id text,
    replaced          boolean     not null default false, -- by a later try, or by what a person did
    known             text        not null, -- the partner's refunds of that bag that we know of
    partner_says      text,
    detail            text,
    evidence          text        not null, -- what was tried, where it has ended
    found             text        not null, -- refunds of the bag that may be it
    unique nulls not distinct (refund_id, channel, bag_id, no)
);
create index payout_by_refund on payout (refund_id);
-- what a person must find out; there are few
create index payout_in_review on payout (refund_id)
    where final and not replaced and outcome in ('ACCEPTED', 'PARTLY', 'UNCLEAR');

create table refund_history (
    refund_id   bigint      not null references refund,
    version     integer     not null,
    at          timestamptz not null,
    who         text        not null,
    cause       text        not null,
    status_from text,
    status_to   text        not null,
    why         text,
    primary key (refund_id, version)
);

-- Only a shopper's name and words can be taken out of it.
create function history_only_grows() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE'
        and (new.refund_id, new.version, new.at, new.cause, new.status_from, new.status_to)
            is not distinct from (old.refund_id, old.version, old.at, old.cause, old.status_from, old.status_to)
        and new.who in (old.who, split_part(old.who, ' ', 1) || ' erased')
        and (new.why is not distinct from old.why or new.why = 'erased') then
        return new;
    end if;
    if tg_op <> 'INSERT' then
        raise exception 'history is never changed' using errcode = '23514';
    end if;
    if new.version <> coalesce((select max(version) from refund_history where refund_id = new.refund_id), 0) + 1 then
        raise exception 'history of refund % has a gap before version %', new.refund_id, new.version
            using errcode = '23514';
    end if;
    return new;
end $$;
create trigger history_only_grows before insert or update or delete on refund_history
    for each row execute function history_only_grows();

create table policy (
    seller   text  primary key check (seller ~ '^[a-z0-9-]{1,40}$'),
    document text  not null
);

-- What the policy approved by itself, so that its limit per day holds for all replicas together.
create table approved_by_policy (
    seller   text   not null,
    source   text   not null,
    currency text   not null,
    day      date   not null,
    amount   bigint not null check (amount >= 0),
    primary key (seller, source, currency, day)
);

-- Kept for ever, with the refund that the request made: the same key never makes another.
create table idempotency_key (
    seller     text        not null,
    subject    text        not null,
    key        text        not null,
    digest     text        not null, -- SHA-256 of the request's body
    refund_id  bigint      not null references refund deferrable initially deferred,
    answer     text        not null,
    created_at timestamptz not null,
    primary key (seller, subject, key)
);

create table parked_event (
    id           bigint      generated always as identity primary key,
    event_id     text        not null, -- the ce_id, and which of its orders: one event is parked once
    seller       text        not null,
    order_id     text,
    order_number text,                 -- what the partner knows the order by, where that is not its id
    type         text        not null,
    case_ref     text        not null,
    event        text        not null,
    reason       text        not null check (reason in ('UNKNOWN_ORDER', 'AMBIGUOUS')),
    since        timestamptz not null,
    unique (seller, event_id),
    check (order_id is not null or order_number is not null)
);
create index parked_event_by_case on parked_event (seller, type, case_ref);
create index parked_event_by_order on parked_event (seller, order_id, id) where order_id is not null;
create index parked_event_by_number on parked_event (seller, order_number, id) where order_number is not null;

-- The newest snapshot of a return that an order has seen: an older one that comes late is no news.
create table rma_guard (
    seller     text        not null,
    source     text        not null,
    rma        text        not null,
    order_id   text        not null,
    updated_at timestamptz not null,
    rank       integer     not null,
    digest     text        not null,
    primary key (seller, source, rma, order_id),
    foreign key (seller, order_id) references customer_order deferrable initially deferred
);

-- Hints about orders at Violet that nobody here knows yet.
create table early_hint (
    account         text        not null,
    violet_order_id bigint      not null,
    since           timestamptz not null,
    primary key (account, violet_order_id)
);

create table dead_letter (
    id       bigint      generated always as identity primary key,
    topic    text        not null,
    part     integer     not null,
    position bigint      not null,
    key      text,
    type     text,
    value    bytea,
    event_id text, -- the ce_id
    reason   text        not null,
    at       timestamptz not null default now(),
    unique (topic, part, position)
);

create table outbox (
    id         uuid        primary key, -- the ce_id
    position   bigint      generated always as identity,
    shard      integer     not null,
    topic      text        not null,
    key        text        not null,
    type       text        not null,
    payload    bytea       not null,
    trace      text        not null check (length(trace) = 55), -- the traceparent of what caused it
    created_at timestamptz not null
);
create index outbox_by_shard on outbox (shard, position);
