-- What the service may do, where it works as another role than the owner, who migrates: rows of deliveries, nothing else.
do $$
declare
    service constant text := '${service_role}';
begin
    if service = current_user then
        return;
    end if;
    execute format('revoke all on all tables in schema public from %I', service);
    execute format('grant select on flyway_schema_history to %I', service);
    execute format('grant select, insert, update on delivery to %I', service);
    execute format('grant execute on function prepare_delivery_day(date), forget_delivery_day(date),'
        ' forget_stray_deliveries(date) to %I', service);
end $$;
