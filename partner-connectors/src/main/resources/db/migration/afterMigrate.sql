-- What the service may do, where it works as another role than the owner, who migrates: rows, and of an attempt only its end.
do $$
declare
    service constant text := '${service_role}';
begin
    if service = current_user then
        return;
    end if;
    execute format('revoke all on all tables in schema public from %I', service);
    execute format('grant select on all tables in schema public to %I', service);
    execute format('grant insert on call, attempt, look, dead_letter to %I', service);
    execute format('grant update on call, look to %I', service);
    execute format('grant update (ended_at, outcome, http_status, said) on attempt to %I', service);
    execute format('grant delete on look to %I', service);
end $$;
