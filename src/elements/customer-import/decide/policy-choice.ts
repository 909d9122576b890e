import { html, nothing, type TemplateResult } from 'lit';
import type { ImportOverview } from '../../../import/session.ts';
import type { ImportField, ImportFieldRule } from '../../../model/import.ts';
import type { ImportContext } from '../context.ts';

type Decisions = ImportContext['flow']['decisions'];
/** What isn't named stays; `undefined` is said no more. */
export type DecisionChange = { [Name in keyof Decisions]?: Decisions[Name] | undefined };

const policies = ['both', 'create', 'update'] as const;

/** Whether customers that are here already are changed, and how they are found. */
export function policyChoice(
  { flow, text }: ImportContext,
  decide: (change: DecisionChange) => void,
): TemplateResult {
  return html`
    <fieldset class="policy">
      <legend>${text('policy')}</legend>
      ${policies.map(
        (choice) => html`
          <label>
            <input
              type="radio"
              name="policy"
              value=${choice}
              .checked=${choice === (flow.decisions.policy ?? 'both')}
              @change=${() => decide({ policy: choice })}
            />
            <span>
              ${text(`policy_${choice}`)}
              <span class="muted">${text(`policyHint_${choice}`)}</span>
            </span>
          </label>
        `,
      )}
    </fieldset>
  `;
}

const keyed = 'external_id:';

/** By what a record finds its customer; nothing to choose where the file has but e-mails. */
export function matchChoice(
  { flow, textsOf }: ImportContext,
  overview: ImportOverview,
  decide: (change: DecisionChange) => void,
): TemplateResult | typeof nothing {
  const text = textsOf('importRun');
  const { match = 'email', externalIdKey = '' } = flow.decisions;
  const chosen = match === 'external_id' ? keyed + externalIdKey : match;
  const keys = metadataColumns(overview);
  const hasPhones = fieldsOf(overview).has('phone');
  if (!keys.length && !hasPhones) return nothing;
  const option = (value: string, label: string): TemplateResult =>
    html`<option value=${value} .selected=${value === chosen}>${label}</option>`;
  return html`
    <div class="decision">
      <label for="match">${text('match')}</label>
      <select
        class="field"
        id="match"
        aria-describedby="match-hint"
        @change=${(event: Event) => {
          const { value } = event.currentTarget as HTMLSelectElement;
          if (value.startsWith(keyed))
            decide({ match: 'external_id', externalIdKey: value.slice(keyed.length) });
          else decide({ match: value as 'email' | 'phone', externalIdKey: undefined });
        }}
      >
        ${option('email', text('match_email'))} ${hasPhones ? option('phone', text('match_phone')) : nothing}
        ${
          keys.length
            ? html`<optgroup label=${text('match_external_id')}>
                ${keys.map((key) => option(keyed + key, key))}
              </optgroup>`
            : nothing
        }
      </select>
      <p class="muted" id="match-hint">${text(match === 'email' ? 'matchHint_email' : 'matchHint_other')}</p>
    </div>
  `;
}

const rulesOf: Record<ImportField, readonly ImportFieldRule[]> = {
  first_name: ['overwrite', 'fill', 'keep'],
  last_name: ['overwrite', 'fill', 'keep'],
  email: ['overwrite', 'keep'],
  phone: ['overwrite', 'fill', 'keep'],
  // Never blank, so there is nothing to fill.
  status: ['overwrite', 'keep'],
  accepts_marketing: ['overwrite', 'keep'],
  tags: ['overwrite', 'fill', 'keep'],
  metadata: ['overwrite', 'fill', 'keep'],
  addresses: ['overwrite', 'fill', 'keep'],
};

/** What becomes of each field that the file has and a customer has already; folded until somebody asks. */
export function fieldRules(
  { flow, textsOf }: ImportContext,
  overview: ImportOverview,
  decide: (change: DecisionChange) => void,
): TemplateResult | typeof nothing {
  const text = textsOf('importRun');
  const { fields = {}, tags = 'add', match = 'email', policy } = flow.decisions;
  const inFile = fieldsOf(overview);
  const shown = (Object.keys(rulesOf) as ImportField[]).filter((field) =>
    field === 'email' ? match !== 'email' : inFile.has(field),
  );
  if (policy === 'create' || !shown.length) return nothing;
  const labelOf = (field: ImportField, rule: string): string => {
    if (field === 'tags' && (rule === 'add' || rule === 'replace')) return text(`rule_${rule}`);
    if (field === 'addresses') return text(`addressRule_${rule as ImportFieldRule}`);
    return text(`rule_${rule as ImportFieldRule}`);
  };
  return html`
    <details class="field-rules">
      <summary>${text('fieldByField')}</summary>
      <div class="rules">
        ${shown.map((field) => {
          const rule = fields[field] ?? 'overwrite';
          const choices = rulesOf[field].flatMap((one): string[] =>
            field === 'tags' && one === 'overwrite' ? ['add', 'replace'] : [one],
          );
          const chosen = field === 'tags' && rule === 'overwrite' ? tags : rule;
          return html`
            <label for="rule-${field}">${text(`rules_${field}`)}</label>
            <select
              class="field"
              id="rule-${field}"
              @change=${(event: Event) => {
                const { value } = event.currentTarget as HTMLSelectElement;
                if (value === 'add' || value === 'replace')
                  decide({ tags: value, fields: { ...fields, [field]: 'overwrite' } });
                else decide({ fields: { ...fields, [field]: value as ImportFieldRule } });
              }}
            >
              ${choices.map(
                (one) =>
                  html`<option value=${one} .selected=${one === chosen}>${labelOf(field, one)}</option>`,
              )}
            </select>
          `;
        })}
      </div>
    </details>
  `;
}

/** Headers of columns that are kept as metadata, and may hold another system's number for a customer. */
function metadataColumns({ columns }: ImportOverview): string[] {
  const headers = columns
    .filter(({ target, header, filled }) => target.kind === 'metadata' && header && filled > 0)
    .map(({ header }) => header);
  return [...new Set(headers)].filter((header) => header.length <= 255);
}

/** Fields of a customer that the file can say something about. */
function fieldsOf({ columns, settings }: ImportOverview): ReadonlySet<ImportField> {
  const fields = new Set<ImportField>();
  for (const { target } of columns) {
    if (target.kind === 'metadata') fields.add('metadata');
    if (target.kind !== 'field') continue;
    const { field, address } = target;
    if (address !== undefined || field === 'address' || field === 'address_line_1') fields.add('addresses');
    else if (field === 'full_name') fields.add('first_name').add('last_name');
    else if (field in rulesOf) fields.add(field as ImportField);
  }
  if (settings.consent !== undefined) fields.add('accepts_marketing');
  return fields;
}
