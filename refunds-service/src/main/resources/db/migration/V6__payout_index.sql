-- The unique index of a refund's payouts begins with the refund, too.
drop index payout_by_refund;
