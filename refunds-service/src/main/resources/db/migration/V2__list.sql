-- The list of refunds, newest first, stays fast however many there are: whatever it is narrowed by, an index gives the ids in
-- order. Where it can, an index also carries what else may be asked for, so that only what is shown is read from the table.
-- (deploy/local/explain measures it.)

-- It reads ids from indexes alone where vacuum has been, so vacuum comes after a hundredth has changed, not after a fifth.
alter table refund set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.01);

-- Whose it is and which holds stand are looked for by way of columns of their own, which the database keeps. The codes stand
-- between spaces; null where there are none.

alter table refund add column customer_subject text, add column hold_codes text;

create function hold_codes(holds text) returns text language sql immutable parallel safe
return (select string_agg(' ' || code[1], '') || ' ' from regexp_matches(holds, '"code":"([A-Z_]+)"', 'g') code);

update refund r set customer_subject = o.customer_subject, hold_codes = hold_codes(r.holds)
from customer_order o where (o.seller, o.order_id) = (r.seller, r.order_id);

create function refund_can_be_found() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        new.customer_subject := (select o.customer_subject from customer_order o
            where (o.seller, o.order_id) = (new.seller, new.order_id));
    end if;
    new.hold_codes := case when new.holds <> '[]' then hold_codes(new.holds) end;
    return new;
end $$;
create trigger refund_can_be_found before insert on refund
    for each row execute function refund_can_be_found();
create trigger refund_can_be_found_by_its_holds before update on refund for each row
    when (new.holds <> old.holds) execute function refund_can_be_found();

create function refunds_follow_their_order() returns trigger language plpgsql as $$
begin
    update refund set customer_subject = new.customer_subject where (seller, order_id) = (new.seller, new.order_id);
    return null;
end $$;
create trigger refunds_follow_their_order after update on customer_order for each row
    when (new.customer_subject is distinct from old.customer_subject) execute function refunds_follow_their_order();

-- A seller's own list, whether it is valid or not, and what is ISSUED, which nearly all of it is in the end.
drop index refund_by_seller;
create index refund_by_seller on refund (seller, id desc, status);

-- A shopper's, by whatever it is narrowed: one can have very many.
create index refund_by_customer on refund (seller, customer_subject, id desc, status, source_kind)
    where customer_subject is not null;

-- By status, for a seller and for an operator. What is ISSUED is not in them, so they stay small.
create index refund_by_seller_and_status on refund (seller, status, id desc, source_kind) where status <> 'ISSUED';
create index refund_by_status on refund (status, id desc, source_kind) where status <> 'ISSUED';

-- By source, the same.
create index refund_by_seller_and_source on refund (seller, source_kind, id desc, status);
create index refund_by_source on refund (source_kind, id desc, status);

-- By hold, for everybody: few refunds are held, so all that are can be gone through, and the others cost nothing.
create index refund_held on refund (id desc, seller, customer_subject, status, source_kind, hold_codes)
    where hold_codes is not null;

-- By source ref, also where the seller is not said: the constraint stays what it was, its index begins with the ref.
alter table refund drop constraint refund_seller_source_kind_source_ref_key;
alter table refund add constraint refund_once_by_source_ref unique (source_ref, seller, source_kind);
