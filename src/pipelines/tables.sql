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
