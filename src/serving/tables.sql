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
