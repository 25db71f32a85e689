-- What a change reserves must have been left before it. Since a change may book facts, too, more than was paid may be gone after it:
-- of an order that takes up what waited for it, or of a return that refunds and exchanges.
drop trigger nothing_begins_in_excess on customer_order;
drop trigger nothing_begins_in_excess on order_line;
drop trigger nothing_reserved_in_excess on customer_order;
drop trigger nothing_reserved_in_excess on order_line;

create trigger nothing_begins_in_excess before insert on customer_order for each row
    when (new.excess > 0 and new.reserved > new.paid)
    execute function nothing_reserved_in_excess();
create trigger nothing_begins_in_excess before insert on order_line for each row
    when (new.excess > 0 and new.reserved > new.paid or new.units_excess > 0 and new.units_reserved > new.units)
    execute function nothing_reserved_in_excess();
create trigger nothing_reserved_in_excess before update on customer_order for each row
    when (new.excess > 0
          and new.reserved - old.reserved > greatest(new.paid - old.reserved - old.issued, 0))
    execute function nothing_reserved_in_excess();
create trigger nothing_reserved_in_excess before update on order_line for each row
    when (new.excess > 0
          and new.reserved - old.reserved > greatest(new.paid - old.reserved - old.issued, 0)
          or new.units_excess > 0
          and new.units_reserved - old.units_reserved
              > greatest(new.units - old.units_reserved - old.units_issued, 0))
    execute function nothing_reserved_in_excess();
