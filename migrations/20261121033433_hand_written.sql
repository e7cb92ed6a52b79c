-- Partitioned tables, triggers: what the schema tool does not know.
--> statement-breakpoint
create table step_logs (
  run_id text not null,
  seq bigint not null,
  at timestamptz not null,
  step text not null,
  level text not null,
  text text not null,
  primary key (run_id, seq, at)
) partition by range (at);
create table step_logs_default partition of step_logs default;
--> statement-breakpoint
-- Partitioned tables are written by hand: the schema tool does not know partitions.
create table events (
  position bigint not null,
  at timestamptz not null,
  type text not null,
  actor text not null,
  object text not null,
  data jsonb not null,
  previous_hash text not null,
  hash text not null,
  primary key (position, at)
) partition by range (at);
create table events_default partition of events default;
create index events_type on events (type, position);
create index events_object on events (object, position);
--> statement-breakpoint
-- Who put what where, and who judged it how, is never rewritten: the database refuses it, whatever the code above does.
create function refuse_rewriting_history() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$$;
create trigger stage_changes_append_only before update or delete or truncate on stage_changes
  for each statement execute function refuse_rewriting_history();
create trigger approval_votes_append_only before update or delete or truncate on approval_votes
  for each statement execute function refuse_rewriting_history();
create trigger gate_records_append_only before update or delete or truncate on gate_records
  for each statement execute function refuse_rewriting_history();
--> statement-breakpoint
-- The prediction log. `id` is a UUID version 7 and `at` is the instant inside it, so an id alone names its partition.
create table predictions (
  id uuid not null,
  at timestamptz not null,
  model text not null,
  version text not null,
  variant text not null check (variant in ('champion', 'staging', 'shadow')),
  source text not null check (source in ('api', 'stream', 'staging')),
  actor text not null,
  -- a shadow keeps its input in the prediction it mirrors
  input jsonb check (variant = 'shadow' or input is not null),
  input_digest text not null,
  score float8 check (variant = 'shadow' or score is not null),
  decision text check (variant = 'shadow' or decision is not null),
  latency_us integer not null,
  mirrors uuid check ((variant = 'shadow') = (mirrors is not null)),
  error text,
  primary key (id, at)
) partition by range (at);
create table predictions_default partition of predictions default;
create index predictions_model_at on predictions (model, at);
