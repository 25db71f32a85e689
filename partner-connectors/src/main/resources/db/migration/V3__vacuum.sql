-- Each call is written five times until it is done: what is due is found in small indexes, which must not fill with what was.
alter table call set (autovacuum_vacuum_scale_factor = 0.01);
