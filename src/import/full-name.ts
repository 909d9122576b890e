export interface SplitName {
  first_name?: string;
  last_name?: string;
  /** The name is a company's. */
  company?: string;
}

/** Words before a surname that belong to it. */
const particles = new Set(
  (
    'van von vom zu zum zur der den dem des de del della dello degli dei di da dal dos das do du la le las los ' +
    'ten ter te af av ní ni nic uí ui ó mac mc al el bin ibn bint ben abu st st. san santa y e'
  ).split(' '),
);

const suffix = /^(jr|sr|ii|iii|iv|phd|md|esq)\.?$/i;

/** Forms of companies that are no part of a person's name. */
const company = new RegExp(
  '(^|[\\s,&])(' +
    'gmbh|mbh|ag|kg|ohg|gbr|ug|e\\.\\s?v|e\\.\\s?k|ltd|limited|llc|llp|inc|incorporated|corp|corporation|plc|' +
    's\\.?a\\.?r\\.?l|sarl|sas|eurl|s\\.\\s?a|s\\.\\s?l\\.?(?:\\s?u)?|slu?|s\\.?r\\.?l|s\\.?p\\.?a|b\\.\\s?v|n\\.\\s?v|bvba|' +
    'a/s|aps|ab|oy|oyj|sp\\.?\\s?z\\s?o\\.?\\s?o|s\\.?r\\.?o|kft|pty|pte|a\\.?ş|ооо|зао|оао' +
    ')\\.?(?=$|[\\s,&)])|株式会社|有限会社|合同会社|有限公司|公司$|주식회사|شركة',
  'iu',
);
// Two letters that are as well a name or its initials must stand at the end, behind something longer.
const shortForm = /^(ag|kg|ug|ab|oy|slu?|sas|spa)\.?$/i;

const eastAsian = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々・]+$/u;

/**
 * One cell with a whole name: parted at the last blank, unless particles belong to the surname; "Last, First" as it
 * says; the family name first in East Asian scripts. One word alone is a first name.
 */
export function splitName(cell: string): SplitName {
  const name = cell.replace(/[\s\u3000]+/gu, ' ').trim();
  if (name === '') return {};
  if (isCompany(name)) return { company: name };
  const comma = /^([^,]+), ?([^,]+)$/.exec(name);
  if (comma?.[1] && comma[2] && !suffix.test(comma[2]))
    return { first_name: comma[2].trim(), last_name: comma[1].trim() };
  const words = name.split(' ');
  if (words.length === 1) return { first_name: name };
  if (words.length === 2 && words.every((word) => eastAsian.test(word)))
    return { last_name: words[0] as string, first_name: words[1] as string };
  let start = words.length - 1;
  if (start > 1 && suffix.test(words[start] ?? '')) start--;
  while (start > 1 && isParticle(words[start - 1] ?? '')) start--;
  return { first_name: words.slice(0, start).join(' '), last_name: words.slice(start).join(' ') };
}

function isParticle(word: string): boolean {
  return particles.has(word.toLowerCase()) || /^d[’']$/i.test(word);
}

function isCompany(name: string): boolean {
  const found = company.exec(name);
  if (!found) return false;
  const form = found[2] ?? '';
  return !shortForm.test(form) || (name.endsWith(form) && form === form.toUpperCase());
}
