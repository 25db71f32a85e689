-- Making and dropping partitions is the owner's. The service may ask for it, for a day that it makes sense for.

-- Not above any id of this day, above those of all days before.
create function lowest_delivery_id(day date) returns uuid language sql immutable as $$
    select (rpad(lpad(to_hex((extract(epoch from day) * 1000)::bigint), 12, '0'), 32, '0'))::uuid
$$;

-- Attached rather than created in place: that needs no lock that would stop the deliveries of today. What of that day went
-- into the default partition moves with it. Nothing where the day has its partition.
create function prepare_delivery_day(day date) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    today constant date := (now() at time zone 'UTC')::date;
    part constant text := 'delivery_' || to_char(day, 'YYYYMMDD');
    first constant uuid := lowest_delivery_id(day);
    next constant uuid := lowest_delivery_id(day + 1);
begin
    if day not between today - 1 and today + 400 then
        raise exception 'no partition is made for %', day using errcode = '22023';
    end if;
    if to_regclass(part) is not null then
        return;
    end if;
    execute format('create table %I (like delivery including all)', part);
    execute format('with stray as (delete from delivery_default where id >= %L and id < %L returning *)'
        ' insert into %I select * from stray', first, next, part);
    execute format('alter table delivery attach partition %I for values from (%L) to (%L)', part, first, next);
end $$;

-- How many deliveries went that nobody ever understood; null where the day has no partition. What was never told is not gone
-- with its day: it goes into the default partition and is told from there.
create function forget_delivery_day(day date) returns bigint
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    part constant text := 'delivery_' || to_char(day, 'YYYYMMDD');
    quarantined bigint;
begin
    if day >= (now() at time zone 'UTC')::date then
        raise exception '% is not over', day using errcode = '22023';
    end if;
    if to_regclass(part) is null then
        return null;
    end if;
    execute format('alter table delivery detach partition %I', part);
    execute format('select count(*) from %I where state = ''QUARANTINED''', part) into quarantined;
    execute format('insert into delivery select * from %I where state = ''NEW''', part);
    execute format('drop table %I', part);
    return quarantined;
end $$;

-- What lies in the default partition from before this day, and was told or not understood.
create function forget_stray_deliveries(before date) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if before >= (now() at time zone 'UTC')::date then
        raise exception '% is not over', before using errcode = '22023';
    end if;
    delete from delivery_default where id < lowest_delivery_id(before) and state <> 'NEW';
end $$;

revoke execute on function prepare_delivery_day(date), forget_delivery_day(date), forget_stray_deliveries(date) from public;
