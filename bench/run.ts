// Measurements: npm run bench -- [NAME] [--check] [--customers N]
import { parseArgs } from 'node:util';
import { benchDemo } from './demo.ts';
import { benchGroups } from './groups.ts';
import { benchDetail } from './detail.ts';
import { benchBulk, benchExport, benchImport } from './many.ts';
import { benchList } from './list.ts';

/** Each prints what it measures and answers how many budgets it missed. */
const benches: Record<string, (options: { customers: number }) => Promise<number>> = {
  bulk: benchBulk,
  demo: benchDemo,
  detail: benchDetail,
  export: benchExport,
  groups: benchGroups,
  import: benchImport,
  list: benchList,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean', default: false }, customers: { type: 'string', default: '1000000' } },
});
const names = positionals.length > 0 ? positionals : Object.keys(benches);
const unknown = names.find((name) => !(name in benches));
if (unknown !== undefined) {
  console.error(`There is no bench "${unknown}"; there are: ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}
let missed = 0;
for (const name of names) missed += (await benches[name]?.({ customers: Number(values.customers) })) ?? 0;
if (missed > 0) console.log(`\n${missed} ${missed === 1 ? 'budget' : 'budgets'} missed.`);
process.exit(values.check && missed > 0 ? 1 : 0);
