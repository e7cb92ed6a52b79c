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
