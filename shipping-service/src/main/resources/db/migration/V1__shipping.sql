create table stock (
    sku text primary key,
    -- null: never runs out
    available bigint check (available >= 0)
);
insert into stock (sku, available) values
    ('sku-unlimited', null),
    ('sku-none', 0),
    ('sku-scarce', 5);
insert into stock (sku, available) select 'sku-' || n, 1000000 from generate_series(1, 9) n;

create table shipment (
    shipment_id text primary key,
    order_id text not null,
    recipient text not null,
    street text not null,
    city text not null,
    postal_code text not null,
    country text not null,
    booked_at timestamptz not null,
    cancelled_at timestamptz
);
create index shipment_order_id on shipment (order_id);
-- Nothing is sent twice for an order, whatever the code above believes.
create unique index shipment_open on shipment (order_id) where cancelled_at is null;

create table reservation (
    shipment_id text not null references shipment,
    sku text not null references stock,
    quantity bigint not null check (quantity > 0),
    primary key (shipment_id, sku)
);
