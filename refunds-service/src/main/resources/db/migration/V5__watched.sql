-- What is counted again and again is rare, and is found without reading what is not.
create index customer_order_in_excess on customer_order (seller) where excess > 0;
create index payout_unclear on payout (refund_id) where outcome = 'UNCLEAR' and not replaced;
