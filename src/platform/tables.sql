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
