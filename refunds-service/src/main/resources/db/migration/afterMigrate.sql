-- What the service may do, where it works as another role than the owner, who migrates: rows, and of history only new ones.
do $$
declare
    service constant text := '${service_role}';
begin
    if service = current_user then
        return;
    end if;
    execute format('revoke all on all tables in schema public from %I', service);
    execute format('grant select on all tables in schema public to %I', service);
    execute format('grant insert on customer_order, order_line, order_shown, merchant_return, refund, payout, refund_history,'
        ' policy, approved_by_policy, idempotency_key, parked_event, rma_guard, early_hint, dead_letter, outbox,'
        ' reconciliation, reconciled_bag to %I', service);
    execute format('grant update on customer_order, order_line, order_shown, merchant_return, refund, payout,'
        ' policy, approved_by_policy, rma_guard, reconciled_bag to %I', service);
    execute format('grant update (subject, answer) on idempotency_key to %I', service);
    execute format('grant delete on merchant_return, parked_event, early_hint, dead_letter, outbox to %I', service);
    execute format('grant usage on sequence refund_id to %I', service);
    execute format('grant execute on function erase_from_history(text, text) to %I', service);
end $$;
