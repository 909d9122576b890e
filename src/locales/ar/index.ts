import type { Messages } from '../messages.ts';
import { shared } from './shared.ts';
import { table } from './customer-table.ts';
import { stats } from './customer-stats.ts';
import { view } from './customers-view.ts';
import { importing } from './customer-import.ts';
import { importRun } from './customer-import-run.ts';
import { exporting } from './customer-export.ts';
import { mapping } from './customer-import-map.ts';
import { importCheck } from './customer-import-check.ts';
import { detail } from './customer-detail.ts';
import { privacy } from './privacy.ts';
import { timeline } from './timeline.ts';
import { fields } from './fields.ts';
import { conflict } from './conflict.ts';
import { form } from './customer-form.ts';
import { groups } from './customer-groups.ts';
import { operations } from './operations.ts';

export const ar = {
  shared,
  table,
  stats,
  view,
  importing,
  importRun,
  exporting,
  mapping,
  importCheck,
  detail,
  timeline,
  fields,
  conflict,
  form,
  groups,
  operations,
  privacy,
} satisfies Messages;
