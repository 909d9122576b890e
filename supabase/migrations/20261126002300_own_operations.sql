-- A history offers to go on with what one has begun oneself, and tells what was taken back from what can't be.

create or replace function customers_private.operation_summary(p_operation public.mod_ecommod01_customer_operations)
returns json
language sql stable
set search_path = '' set timezone = 'UTC'
as $$
  select json_build_object(
    'id', p_operation.id, 'kind', p_operation.kind, 'status', p_operation.status, 'asked', p_operation.asked,
    'created', n.created, 'changed', n.changed, 'unchanged', n.unchanged, 'skipped', n.skipped, 'failed', n.failed,
    'failures', '[]'::json,
    'startedAt', p_operation.started_at, 'finishedAt', p_operation.finished_at, 'by', p_operation.started_by_name,
    'undo', customers_private.show_undo(p_operation),
    'options', p_operation.options,
    'mine', coalesce(p_operation.started_by = auth.uid(), false),
    'undoneBy', p_operation.undone_by)
  from (
    select p_operation.created, p_operation.changed, p_operation.unchanged, p_operation.skipped, p_operation.failed
    where p_operation.status <> 'running'
    union all
    select t.created, t.changed, t.unchanged, t.skipped, t.failed
    from customers_private.operation_totals(p_operation.site_id, p_operation.id, -1) t
    where p_operation.status = 'running'
  ) n
$$;
