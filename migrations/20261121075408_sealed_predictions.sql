-- What a prediction was made from is stored under the key of its subject or of its day. `input` holds what an earlier release logged
-- in clear until the next start seals it.
alter table predictions add column sealed bytea, add column subject text;
--> statement-breakpoint
do $$
declare
  old_check text;
begin
  select conname into strict old_check from pg_constraint
  where conrelid = 'predictions'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%input IS NOT NULL%';
  execute format('alter table predictions drop constraint %I', old_check);
end
$$;
--> statement-breakpoint
alter table predictions add constraint predictions_input_kept
  check (variant = 'shadow' or sealed is not null or input is not null);
create index predictions_subject on predictions (subject) where subject is not null;
create index predictions_in_clear on predictions (at) where input is not null;
