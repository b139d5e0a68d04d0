-- What keeps the web from being abused: how often somebody asks, what a key may do, and when a person last proved
-- who they are.

-- Counted within a window that starts with its first request. Unlogged: a count costs no write to disk, and after a
-- crash everybody begins anew. Outside row-level security: strangers belong to no business.
create unlogged table request_counts (
    source    text primary key,
    window_at timestamptz not null,
    used      integer not null
);
create index request_counts_window on request_counts (window_at);

-- A key reads, or does all that the API can; and it asks so often a minute at most.
alter table api_keys add column key_id uuid not null default gen_random_uuid() unique;
alter table api_keys add column scope text not null default 'all' check (scope in ('all', 'read'));
alter table api_keys add column per_minute integer not null default 600 check (per_minute > 0);

-- Before somebody changes how they sign in, the proof must be fresh.
alter table sessions add column proved_at timestamptz;
update sessions set proved_at = created_at where not by_pin;
