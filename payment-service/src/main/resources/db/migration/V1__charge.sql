create table charge (
    payment_id text primary key,
    order_id text not null,
    amount numeric(18, 2) not null check (amount > 0),
    currency char(3) not null,
    token text not null,
    charged_at timestamptz not null,
    refunded_at timestamptz
);
create index charge_order_id on charge (order_id);
-- Nobody is charged twice for an order, whatever the code above believes.
create unique index charge_open on charge (order_id) where refunded_at is null;
