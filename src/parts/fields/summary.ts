import { html, type TemplateResult } from 'lit';
import { icons } from '../icons.ts';

export interface SummaryView {
  /** "3 things need a look" */
  title: string;
  /** By the ids of their fields. */
  errors: Readonly<Record<string, string>>;
  label: (id: string) => string;
  goTo: (id: string) => void;
}

/** Every mistake by the name of its field; each leads there. */
export function summary({ title, errors, label, goTo }: SummaryView): TemplateResult {
  const go = (event: Event, id: string) => {
    event.preventDefault();
    goTo(id);
  };
  return html`
    <div class="form-alert failed summary" role="alert" tabindex="-1">
      ${icons.warning}
      <div>
        <p class="form-alert-title">${title}</p>
        <ul>
          ${Object.entries(errors).map(
            ([id, message]) =>
              html`<li>
                <a href="#${id}" @click=${(event: Event) => go(event, id)}><bdi>${label(id)}</bdi></a
                >: ${message}
              </li>`,
          )}
        </ul>
      </div>
    </div>
  `;
}
