-- What is booked here compared with what Violet lists, for every bag of the orders that were touched in a span of time. Nothing
-- is changed by it.
create table reconciliation (
    id       bigint      generated always as identity primary key,
    since    timestamptz not null,
    until    timestamptz not null,
    begun_by text        not null,
    begun_at timestamptz not null,
    daily    date        unique, -- the day that it is the one of; null where somebody asked for it
    check (since < until)
);

create table reconciled_bag (
    reconciliation_id bigint  not null references reconciliation,
    seller            text    not null,
    order_id          text    not null,
    violet_order_id   bigint  not null,
    bag_id            bigint  not null,
    look              text,        -- the instruction to look into it; null until it was sent
    asked_at          timestamptz,
    read_at           timestamptz, -- null until Violet was heard
    differences       text,        -- null until then; a list, empty where nothing differs
    primary key (reconciliation_id, seller, order_id, bag_id)
);
create index reconciled_bag_by_look on reconciled_bag (look) where read_at is null;
create index reconciled_bag_unread on reconciled_bag (asked_at nulls first) where read_at is null;
create index reconciled_bag_that_differs on reconciled_bag (reconciliation_id) where differences <> '[]';

-- Who was touched in a span of time: history only grows, so its times lie in the order of its pages.
create index refund_history_by_time on refund_history using brin (at);
