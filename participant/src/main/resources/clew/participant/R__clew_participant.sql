-- The books of the participant library. Repeatable: every statement may run again.

-- One row per thing that may take effect at most once. A row is written before its effect, in the
-- same transaction, so that whoever comes second waits and then sees what became of the first.
create table if not exists clew_execution (
    saga_id text not null,
    run bigint not null,
    step_path text not null,
    direction text not null check (direction in ('action', 'compensation')),
    execution integer not null check (execution > 0),
    -- IN_PROGRESS: the effect is outside the database and its outcome not known here.
    -- DONE: the outcome is answered to every repeat. TOMBSTONE: undone before it came.
    status text not null check (status in ('IN_PROGRESS', 'DONE', 'TOMBSTONE')),
    command_type text,
    outcome text check (outcome in ('succeeded', 'failed')),
    code text,
    reason text,
    value_type text,
    value bytea,
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    primary key (saga_id, run, step_path, direction, execution),
    check ((status = 'DONE') = (outcome is not null))
);

-- Sagas known to have ended; their executions are forgotten some time later.
create table if not exists clew_ended_saga (
    saga_id text not null,
    run bigint not null,
    ended_at timestamptz not null,
    primary key (saga_id, run)
);
create index if not exists clew_ended_saga_ended_at on clew_ended_saga (ended_at);

-- Events written together with what they tell of; the relay publishes and deletes them.
create table if not exists clew_outbox (
    id bigint generated always as identity primary key,
    event_id uuid not null,
    event_type text not null,
    event_time timestamptz not null,
    topic text not null,
    record_key text not null,
    value bytea not null
);
