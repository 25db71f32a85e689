-- History can only be inserted into by the service. Its one change, a shopper's name and words taken out of it, is the owner's,
-- and the service may ask for it.
create function erase_from_history(whose text, subject text) returns void
    language sql security definer set search_path = public, pg_temp as $$
    update refund_history set
        who = case when who like 'CUSTOMER %' then 'CUSTOMER erased' else who end,
        why = case when why is null or who not similar to '(CUSTOMER|SELLER) %' then why else 'erased' end
    where refund_id in (select r.id from refund r join customer_order o using (seller, order_id)
        where (o.seller, o.customer_subject) = (whose, subject))
$$;

revoke execute on function erase_from_history(text, text) from public;
