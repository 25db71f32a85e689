-- ${refunds} refunds of half as many orders, the same ones each time: every choice is a hash of a number. Checks hold;
-- triggers and foreign keys are off while it loads, and indexes are built afterwards.
set session_replication_role = replica;
set maintenance_work_mem = '1GB';
create table size_index as
select pg_get_indexdef(indexrelid) as definition, indexrelid::regclass::text as name
from pg_index where indrelid in ('refund'::regclass, 'customer_order'::regclass, 'payout'::regclass) and not indisunique;
do $$
declare name text;
begin
    for name in select i.name from size_index i loop
        execute 'drop index ' || name;
    end loop;
end $$;
-- A number from 0 to 1 that belongs to n.
create function chance(n bigint, seed bigint) returns float language sql immutable parallel safe
return (hashint8extended(n, seed) & 1073741823) / 1073741824.0;

-- Orders. 60 % are the biggest seller's, a fifth another's, 2 % the middle one's, the rest of 400 small ones, and a
-- handful of the smallest. A thirtieth of the biggest one's orders are those of one shopper.

insert into customer_order (seller, order_id, number, version, digest, placed_at, currency, customer_subject, paid)
select seller, (10000000 + n)::text, 'O' || n, 1, md5(n::text), timestamptz '2020-01-01' + n * interval '1 minute',
    'USD',
    case when seller = 'biggest' and chance(n, 2) < 1 / 30.0 then 'busiest'
        when chance(n, 2) < 0.9 then 'shopper-' || n % 400000 end,
    1000000
from (select n,
        case when n % greatest(${refunds} / 10, 1) = 1 then 'smallest'
            when chance(n, 1) < 0.60 then 'biggest'
            when chance(n, 1) < 0.80 then 'big'
            when chance(n, 1) < 0.82 then 'middle'
            else 'small-' || n % 400 end as seller
    from generate_series(1, ${refunds} / 2) n) o;

-- Refunds. Orders have one, two or three of them, in no order of time.

insert into refund (id, seller, order_id, customer_subject, hold_codes, source_kind, source_ref, source, status, refund_only,
    currency, amount, issued, goods, requester, request_reason, asked, lines, holds, created_at, updated_at,
    confirmed_at, issued_at, due_at, patience_days, version, taken_back, elsewhere)
select 1000 + n, seller, order_id, customer_subject, ' ' || hold || ' ', kind, case kind when 'API' then gen_random_uuid()::text else n::text end,
    seller || '-' || lower(kind), status, n % 2 = 0, 'USD', amount, case status when 'ISSUED' then amount else 0 end,
    case when n % 2 = 1 then 'EXPECTED' end, 'requester', 'does not fit',
    '[{"lineId":"' || n || '","quantity":1,"amount":null}]',
    '[{"lineId":"' || n || '","quantity":1,"amount":' || amount || '}]',
    case when hold is null then '[]'
        else '[{"code":"' || hold || '","since":"2026-01-01T00:00:00Z","detail":"asked for 20.00, left 10.00"}]' end,
    at, at + interval '2 days', at, case status when 'ISSUED' then at + interval '2 days' end,
    case when status in ('REQUESTED', 'WAITING', 'PROCESSING') then at + interval '30 days' end, 30, 3, false, false
from (select n, o.seller, o.order_id, o.customer_subject, 500 + n % 5000 as amount,
        timestamptz '2021-01-01' + n * interval '30 seconds' as at,
        case when chance(n, 4) < 0.40 then 'SHIPPED_SUITE'
            when chance(n, 4) < 0.65 then 'OPTORO'
            when chance(n, 4) < 0.85 then 'API'
            when chance(n, 4) < 0.95 then 'REFUNDID'
            when chance(n, 4) < 0.99 then 'VIOLET'
            else 'ORDER' end as kind,
        case when chance(n, 5) < 0.88 then 'ISSUED'
            when chance(n, 5) < 0.93 then 'DENIED'
            when chance(n, 5) < 0.98 then 'CANCELLED'
            when chance(n, 5) < 0.985 then 'REQUESTED'
            else 'PROCESSING' end as status,
        case when chance(n, 6) < 0.005
                then (array['OVERDUE', 'OVERDUE', 'OVERDUE', 'LIMIT', 'LIMIT', 'REVIEW', 'EXCESS', 'DECLINED'])
                    [1 + (chance(n, 7) * 8)::integer % 8] end as hold
    from (select n, 1 + (3 * ((n - 1) / 6) + (array[1, 2, 2, 3, 3, 3])[1 + (n - 1) % 6]) * 1000003 % (${refunds} / 2) as nth
        from generate_series(1, ${refunds}::bigint) n) each
    join customer_order o on o.order_id = (10000000 + nth)::text) r;

-- What every seller, and the busiest shopper, has exactly once, long ago.

update refund set source_kind = 'ONCE', status = 'WAITING',
    holds = '[{"code":"TOO_LARGE","since":"2021-01-01T00:00:00Z","detail":null}]', hold_codes = ' TOO_LARGE '
where id in (select min(id) from refund group by seller
    union all select min(id) from refund where customer_subject = 'busiest');

-- Payouts. Whatever is ISSUED was paid at once.

insert into payout (reference, refund_id, no, channel, account, violet_order_id, bag_id, amount, lines, outcome, moved,
    revision, final, partner_refund_id, known, evidence, found)
select 'hub-' || lpad(id::text, 16, '0'), id, 1, 'VIOLET', 'violet', id, id, amount, lines, 'COMPLETED', amount, 1, true,
    id::text, '[]', '[]', '[]'
from refund where status = 'ISSUED';

-- Indexes. They are as whole as on the first day.

do $$
declare definition text;
begin
    for definition in select i.definition from size_index i loop
        execute definition;
    end loop;
end $$;

-- Tables. They are swept, figures for the planner with them; but not what has changed since, a hundredth.

vacuum analyze customer_order, refund, payout;

update refund set reminders = reminders + 1 where id > 1000 + ${refunds} * 0.99;

analyze refund;
