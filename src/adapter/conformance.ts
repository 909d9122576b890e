import { bulkTests } from './conformance/bulk.ts';
import { callTests } from './conformance/calls.ts';
import { detailTests } from './conformance/detail.ts';
import { editTests } from './conformance/edit.ts';
import { dryRunTests } from './conformance/dry-run.ts';
import { eraseTests } from './conformance/erase.ts';
import { exportTests } from './conformance/export.ts';
import { filterTests } from './conformance/filters.ts';
import { groupTests } from './conformance/groups.ts';
import { hidingTests } from './conformance/hiding.ts';
import { importTests } from './conformance/import.ts';
import { listTests } from './conformance/list.ts';
import { mergeTests } from './conformance/merge.ts';
import { partTests } from './conformance/parts.ts';
import { undoImportTests } from './conformance/undo-import.ts';
import { undoTests } from './conformance/undo.ts';
import { ruleGroupTests } from './conformance/rule-groups.ts';
import { searchTests } from './conformance/search.ts';
import { timelineTests } from './conformance/timeline.ts';
import type { ConformanceFeatures, ConformanceTest, MakeSite } from './conformance/site.ts';

export type {
  ConformanceFeatures,
  ConformanceHost,
  ConformancePerson,
  ConformanceSite,
  ConformanceTest,
  MakeSite,
} from './conformance/site.ts';

/**
 * Proves that an adapter keeps the contract of CustomerAdapter, race conditions included. It needs no test
 * framework: give each test to the one you have.
 *
 * ```ts
 * for (const { name, run } of conformance(makeSite)) test(name, run);
 * ```
 *
 * `makeSite` is called many times, and each time answers an adapter on a site of its own without customers; what is
 * in it, the kit puts in by the adapter's import. `features` says what else it answers: people of other roles, and a
 * host that writes groups and orders; without them the tests about these are left out of the list.
 */
export function conformance(makeSite: MakeSite, features: ConformanceFeatures = {}): ConformanceTest[] {
  return [
    listTests,
    filterTests,
    searchTests,
    importTests,
    detailTests,
    editTests,
    partTests,
    hidingTests,
    undoTests,
    eraseTests,
    groupTests,
    ruleGroupTests,
    mergeTests,
    timelineTests,
    bulkTests,
    undoImportTests,
    dryRunTests,
    exportTests,
    callTests,
  ].flatMap((tests) => tests(makeSite, features));
}
