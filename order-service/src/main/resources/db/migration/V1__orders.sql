-- What the customer sees. Written when the order is placed and from saga.events, by nobody else.
create table orders (
    order_id text primary key,
    sequence bigint generated always as identity unique,
    saga_id text not null,
    status text not null default 'PENDING'
        check (status in ('PENDING', 'CONFIRMED', 'REJECTED', 'CANCELLED')),
    code text,
    -- What was ordered; null until the OrderPlaced of an order placed elsewhere has been seen.
    content jsonb,
    -- Tells a repeated request from another one under the same id; null if placed elsewhere.
    request_hash bytea,
    -- The last change of the saga that is in this row; older ones change nothing.
    saga_run bigint not null default 0,
    saga_revision bigint not null default 0
);
create index orders_status on orders (status, sequence);
create index orders_customer on orders ((content ->> 'customerId'), sequence);

-- What the saga's commands have done: participant order's own books.
create table fulfilment (
    order_id text primary key,
    customer_id text not null,
    created_at timestamptz not null,
    confirmed_at timestamptz,
    cancelled_at timestamptz,
    cancel_reason text
);
