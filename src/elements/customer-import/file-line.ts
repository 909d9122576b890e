import { css, html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { encodings, type Encoding } from '../../import/decode.ts';
import { delimiters, type Delimiter } from '../../import/delimiter.ts';
import type { ImportOverview } from '../../import/session.ts';
import { icons } from '../../parts/icons.ts';
import type { ImportContext } from './context.ts';
import type { Reading } from './flow.ts';
import type { ImportText } from './import-text.ts';

/** "Shopify export · 47 rows · UTF-8 · comma": what the file is, each part of which can be put right where it is wrong. */
export function fileLine(context: ImportContext): TemplateResult {
  const { flow, text } = context;
  const { overview, share } = flow;
  if (!overview) return html``;
  return html`
    <div class="file" part="file">
      <div class="file-text">
        <bdi class="file-name">${overview.fileName}</bdi>
        <div class="file-line">${separated(partsOf(context, overview))}</div>
      </div>
      <button class="button quiet" type="button" data-action="another" @click=${() => flow.goTo('pick')}>
        ${text('another')}
      </button>
    </div>
    ${
      share === undefined
        ? nothing
        : html`<div class="file-reading">
            <progress
              max="1"
              .value=${share}
              aria-label=${text('reading', { name: overview.fileName })}
            ></progress>
            <button class="button quiet" type="button" @click=${() => flow.cancelReading()}>
              ${context.textsOf('shared')('cancel')}
            </button>
          </div>`
    }
    ${
      flow.error
        ? html`<div class="notice alarming" role="alert">
            ${icons.warning}
            <p>${text('rereadFailed')} ${text(`error_${flow.error.code}`, { detail: flow.error.detail })}</p>
          </div>`
        : nothing
    }
  `;
}

function partsOf({ flow, text }: ImportContext, overview: ImportOverview): unknown[] {
  const { platform, records, sheets, sheet, preamble, hasHeader } = overview;
  return [
    html`<bdi>${platformText(platform, text)}</bdi>`,
    html`<bdi>${text('rows', { count: records })}</bdi>`,
    ...readingChoices(text, overview, (change) => void flow.reread(change)),
    ...(sheet === null
      ? []
      : sheets.length > 1
        ? [
            choice({
              name: 'sheet',
              label: text('sheet'),
              value: sheet,
              options: sheets.map((name) => [name, name]),
              choose: (name) => void flow.reread({ sheet: name }),
            }),
          ]
        : [html`<bdi>${sheet}</bdi>`]),
    ...(preamble > 0 ? [html`<bdi>${text('preamble', { count: preamble })}</bdi>`] : []),
    ...(hasHeader ? [] : [html`<bdi>${text('headerNone')}</bdi>`]),
  ];
}

/** Encoding and delimiter of a text file, to be chosen otherwise. */
export function readingChoices(
  text: ImportText,
  { encoding, delimiter }: { encoding: Encoding | null; delimiter: Delimiter | null },
  choose: (change: Reading) => void,
): TemplateResult[] {
  if (encoding === null || delimiter === null) return [];
  return [
    choice({
      name: 'encoding',
      label: text('encoding'),
      value: encoding,
      options: encodings.map((name) => [name, encodingNames[name]]),
      choose: (name) => choose({ encoding: name }),
    }),
    choice({
      name: 'delimiter',
      label: text('delimiter'),
      value: delimiter,
      options: delimiters.map((name) => [name, text(`delimiter_${name}`)]),
      choose: (name) => choose({ delimiter: name }),
    }),
  ];
}

interface Choice<Value extends string> {
  name: string;
  label: string;
  value: Value;
  options: readonly (readonly [Value, string])[];
  choose: (value: Value) => void;
}

/** A word of the line that opens to the others it could be. */
function choice<Value extends string>({
  name,
  label,
  value,
  options,
  choose,
}: Choice<Value>): TemplateResult {
  return html`<span class="file-choice"
    ><select
      name=${name}
      aria-label=${label}
      @change=${(event: Event) => choose((event.currentTarget as HTMLSelectElement).value as Value)}
    >
      ${options.map(
        ([key, shown]) => html`<option value=${key} .selected=${live(key === value)}>${shown}</option>`,
      )}</select
    >${icons.chevron}</span
  >`;
}

// Each by itself, or Latin names would pull the numbers about in a right-to-left line.
const separated = (parts: readonly unknown[]): unknown =>
  parts.map((part, index) => html`${index ? html`<span aria-hidden="true"> · </span>` : nothing}${part}`);

const encodingNames: Record<Encoding, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1252': 'Windows-1252',
  'windows-1250': 'Windows-1250',
  'windows-1251': 'Windows-1251',
  'windows-1253': 'Windows-1253',
  'windows-1254': 'Windows-1254',
  'iso-8859-15': 'ISO 8859-15',
  macintosh: 'Mac Roman',
  shift_jis: 'Shift_JIS',
  'euc-kr': 'EUC-KR',
  gb18030: 'GB 18030',
  big5: 'Big5',
};

export function platformText(platform: ImportOverview['platform'], text: ImportText): string {
  if (!platform) return text('platformNone');
  const key = `platform_${platform.id}`;
  return key === 'platform_shopify_export' || key === 'platform_shopify_template' ? text(key) : platform.name;
}

export const fileLineStyles = css`
  .file {
    display: flex;
    align-items: flex-start;
    justify-content: space-between;
    gap: 12px;
  }
  .file-text {
    min-width: 0;
    font-size: 13px;
  }
  .file-name {
    font-weight: 500;
    overflow-wrap: anywhere;
  }
  .file-line {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
    line-height: 24px;
  }
  .file-line bdi {
    overflow-wrap: anywhere;
  }
  .file-choice {
    display: inline-flex;
    align-items: center;
    max-inline-size: 100%;
    vertical-align: top;
  }
  .file-choice select {
    min-inline-size: 0;
    max-inline-size: 240px;
    block-size: 24px;
    margin-inline-end: -14px;
    padding-block: 0;
    padding-inline: 4px 16px;
    border: 0;
    border-radius: 4px;
    appearance: none;
    background: transparent;
    color: inherit;
    font: inherit;
    text-overflow: ellipsis;
    cursor: pointer;
    field-sizing: content;
  }
  .file-choice select:hover {
    background: var(--_pressed);
    color: var(--_text);
  }
  .file-choice option {
    background: var(--_raised);
    color: var(--_text);
  }
  .file-choice svg {
    flex: none;
    inline-size: 10px;
    pointer-events: none;
  }
  .file-reading {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: 32px;
  }
  .file + .notice,
  .file-reading + .notice {
    margin-block: 12px 0;
  }
  @media (pointer: coarse) {
    .file-line {
      line-height: 44px;
    }
    .file-choice select {
      block-size: 44px;
    }
  }
  @container (inline-size < 560px) {
    .file {
      flex-direction: column;
      gap: 4px;
    }
    .file .button {
      padding-inline: 0;
    }
  }
`;
