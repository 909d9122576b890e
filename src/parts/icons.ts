import { svg, html, type TemplateResult } from 'lit';

// Drawn for this package on a 16-pixel grid, stroke 1.5. Inline, so that no request leaves the page.
const icon = (drawing: TemplateResult, mirrored = false): TemplateResult => html`
  <svg
    class=${mirrored ? 'glyph mirrored' : 'glyph'}
    width="16"
    height="16"
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    stroke-width="1.5"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${drawing}
  </svg>
`;

export const icons = {
  search: icon(svg`<circle cx="7" cy="7" r="4.25"/><path d="m10.25 10.25 3.25 3.25"/>`),
  cross: icon(svg`<path d="m4.25 4.25 7.5 7.5m0-7.5-7.5 7.5"/>`),
  plus: icon(svg`<path d="M8 3.25v9.5M3.25 8h9.5"/>`),
  check: icon(svg`<path d="m3.5 8.5 3 3 6-7"/>`),
  columns: icon(svg`<rect x="2.25" y="3" width="11.5" height="10" rx="1.5"/><path d="M6.25 3v10M10 3v10"/>`),
  sort: icon(
    svg`<path d="M4.75 3v10m0 0-2.25-2.25M4.75 13 7 10.75M11.25 13V3m0 0L9 5.25M11.25 3l2.25 2.25"/>`,
  ),
  ascending: icon(svg`<path d="M8 12.75v-9.5m0 0L4.5 6.75M8 3.25l3.5 3.5"/>`),
  descending: icon(svg`<path d="M8 3.25v9.5m0 0-3.5-3.5m3.5 3.5 3.5-3.5"/>`),
  unsorted: icon(svg`<path d="M5.5 6.25 8 3.75l2.5 2.5M5.5 9.75 8 12.25l2.5-2.5"/>`),
  previous: icon(svg`<path d="M9.75 4 5.75 8l4 4"/>`, true),
  next: icon(svg`<path d="m6.25 4 4 4-4 4"/>`, true),
  chevron: icon(svg`<path d="m4.25 6.25 3.75 4 3.75-4"/>`),
  first: icon(svg`<path d="m11.5 4-4 4 4 4M4.5 4v8"/>`, true),
  last: icon(svg`<path d="m4.5 4 4 4-4 4m7-8v8"/>`, true),
  more: icon(
    svg`<g fill="currentColor" stroke="none"><circle cx="3.25" cy="8" r="1.3"/><circle cx="8" cy="8" r="1.3"/><circle cx="12.75" cy="8" r="1.3"/></g>`,
  ),
  mail: icon(svg`<rect x="2" y="3.5" width="12" height="9" rx="1.5"/><path d="m2.5 4.5 5.5 4 5.5-4"/>`),
  copy: icon(
    svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M10.5 5.5V4A1.5 1.5 0 0 0 9 2.5H4A1.5 1.5 0 0 0 2.5 4v5A1.5 1.5 0 0 0 4 10.5h1.5"/>`,
  ),
  open: icon(svg`<path d="M6.5 3.5h-3v9h9v-3M9.25 2.75h4v4M13 3 7.5 8.5"/>`, true),
  pencil: icon(svg`<path d="M10.5 3.25 12.75 5.5 5.5 12.75l-2.75.5.5-2.75 7.25-7.25Z"/>`),
  bin: icon(svg`<path d="M2.75 4.25h10.5M6 4V2.75h4V4M4 4.25l.6 9h6.8l.6-9M6.75 7v3.75M9.25 7v3.75"/>`),
  person: icon(
    svg`<circle cx="8" cy="5.5" r="2.5"/><path d="M3.25 13.25c.5-2.5 2.4-3.75 4.75-3.75s4.25 1.25 4.75 3.75"/>`,
  ),
  people: icon(
    svg`<circle cx="6" cy="5.5" r="2.25"/><path d="M1.75 12.75c.4-2.3 2.1-3.5 4.25-3.5s3.85 1.2 4.25 3.5M10.25 3.5a2.25 2.25 0 0 1 0 4M12 9.5c1.3.5 2.1 1.6 2.35 3.25"/>`,
  ),
  warning: icon(svg`<path d="M8 2.5 14 13H2L8 2.5Z"/><path d="M8 6.5v3M8 11.25v.01"/>`),
  upload: icon(
    svg`<path d="M8 10.25v-7m0 0L5.25 6M8 3.25 10.75 6M2.75 10.5v1.75c0 .55.45 1 1 1h8.5c.55 0 1-.45 1-1V10.5"/>`,
  ),
  grip: icon(
    svg`<g fill="currentColor" stroke="none"><circle cx="6" cy="4" r="1.1"/><circle cx="10" cy="4" r="1.1"/><circle cx="6" cy="8" r="1.1"/><circle cx="10" cy="8" r="1.1"/><circle cx="6" cy="12" r="1.1"/><circle cx="10" cy="12" r="1.1"/></g>`,
  ),
  pin: icon(svg`<path d="M8 9.5v4.25M5.25 2.5h5.5M6 2.5v3.25L4 9.5h8l-2-3.75V2.5"/>`),
  clock: icon(svg`<circle cx="8" cy="8" r="5.75"/><path d="M8 4.75V8l2.25 1.5"/>`),
  bag: icon(svg`<path d="M3.5 5.5h9l.75 8H2.75l.75-8ZM5.75 7.25V4.5a2.25 2.25 0 0 1 4.5 0v2.75"/>`),
  note: icon(svg`<path d="M3 3h10v6.5L9.5 13H3V3Zm10 6.5H9.5V13M5.5 6h5M5.5 8.5h2"/>`),
  house: icon(svg`<path d="M2.5 7.75 8 3l5.5 4.75M4 6.75v6.5h8v-6.5M6.75 13.25V9.5h2.5v3.75"/>`),
  merge: icon(
    svg`<path d="M3 3.5c0 4 2 4.5 6 4.5M3 12.5C3 8.5 5 8 9 8m4 0H9m4 0-2.25-2.25M13 8l-2.25 2.25"/>`,
    true,
  ),
  restore: icon(svg`<path d="M3 8a5 5 0 1 0 1.75-3.8M4.75 1.75v2.5h2.5"/>`),
  arrow: icon(svg`<path d="M3 8h10m0 0-3-3m3 3-3 3"/>`, true),
  download: icon(
    svg`<path d="M8 3.25v7m0 0 2.75-2.75M8 10.25 5.25 7.5M2.75 10.5v1.75c0 .55.45 1 1 1h8.5c.55 0 1-.45 1-1V10.5"/>`,
  ),
  tag: icon(svg`<path d="M2.75 2.75h5l5.5 5.5-5 5-5.5-5.5v-5Z"/><circle cx="5.5" cy="5.5" r="0.75"/>`),
  lock: icon(
    svg`<rect x="3.5" y="7" width="9" height="6.25" rx="1.25"/><path d="M5.5 7V5.25a2.5 2.5 0 0 1 5 0V7"/>`,
  ),
  table: icon(
    svg`<rect x="2.25" y="3" width="11.5" height="10" rx="1.5"/><path d="M2.25 6.25h11.5M6.5 6.25V13"/>`,
  ),
  filter: icon(svg`<path d="M2.5 4.25h11M4.75 8h6.5M6.75 11.75h2.5"/>`),
} as const;
