import type { TemplateResult } from 'lit';
import { isAdapterError } from '../../adapter/errors.ts';
import type { AddressFields } from '../../model/address-fields.ts';
import type { AddressesSaved, CustomerAddress, CustomerDetail } from '../../model/detail.ts';
import type { TheirChange } from '../../model/merge.ts';
import { keptText } from '../../parts/conflict/conflict-choice.ts';
import { SharedSave } from '../../parts/conflict/shared-save.ts';
import { storedPhone } from '../../parts/fields/phone-field.ts';
import { problemTexts } from '../../parts/fields/problem-text.ts';
import { isolated } from '../../parts/format.ts';
import {
  asNew,
  changesOf,
  checkDraft,
  editOf,
  fieldsOf,
  newAddress,
  restoredDraft,
  type AddressDraft,
} from './address-draft.ts';
import { AddressForm, prefix } from './address-form.ts';
import { addresses, type AddressesView } from './addresses.ts';
import type { DetailTextKey } from './context.ts';
import type { DetailHost } from './detail-host.ts';

type Default = 'is_default_billing' | 'is_default_shipping';

/** The addresses of a customer: added, edited, made the default, deleted and brought back. One is edited at a time. */
export class AddressBook {
  readonly #host: DetailHost;
  readonly #form: AddressForm;
  readonly #drafts = new Map<string, AddressDraft>();
  /** For whom a draft of an earlier visit was looked for. */
  readonly #looked = new Set<string>();
  #errors: Record<string, string> = {};
  #wasSent = false;
  #saving: { customerId: string; draft: AddressDraft } | undefined;
  readonly #save: SharedSave<AddressesSaved>;

  constructor(host: DetailHost) {
    this.#host = host;
    this.#form = new AddressForm(host);
    this.#save = new SharedSave(host.element, {
      source: host.source,
      send: (adapter, { version, fields, operationId }, signal) => {
        const { customerId, draft } = this.#saving ?? {};
        if (!customerId || !draft) throw new TypeError('An address is written before it is sent.');
        const request = { customerId, id: draft.id, fields, operationId };
        return adapter.saveAddress(draft.base ? { ...request, version } : request, { signal });
      },
      read: (current) => {
        const address = current as CustomerAddress;
        return { version: address.version, fields: fieldsOf(address) };
      },
      done: (saved, kept) => this.#saved(saved, kept),
      failed: (error) => this.#refused(error),
    });
  }

  render(detail: CustomerDetail, view: Pick<AddressesView, 'copiedId' | 'copy'>): TemplateResult {
    const { id } = detail.customer;
    const mayEdit = this.#host.permissions().addresses;
    const draft = mayEdit ? this.#draftOf(id) : undefined;
    return addresses({
      ...view,
      context: this.#host.context(),
      redraw: () => this.#host.element.requestUpdate(),
      addresses: detail.addresses,
      editedId: draft?.id,
      form: draft ? this.#renderForm(id, draft) : undefined,
      add: mayEdit ? () => this.#begin(id, newAddress(this.#known(detail))) : undefined,
      menu: mayEdit ? (address) => this.#menu(id, address) : undefined,
    });
  }

  /** What a new address is likely to share with its customer. */
  #known({ customer, addresses: others }: CustomerDetail): Partial<AddressFields> {
    const { first_name, last_name, country } = customer;
    const region = new Intl.Locale(this.#host.context().locale).region ?? '';
    const isFirst = others.length === 0;
    return {
      first_name,
      last_name,
      country: country ?? region,
      is_default_billing: isFirst,
      is_default_shipping: isFirst,
    };
  }

  #draftOf(customerId: string): AddressDraft | undefined {
    const drafts = this.#host.drafts();
    if (drafts && !this.#looked.has(customerId)) {
      this.#looked.add(customerId);
      const kept = restoredDraft(drafts.read(draftName(customerId)));
      if (kept) this.#drafts.set(customerId, kept);
    }
    return this.#drafts.get(customerId);
  }

  #begin(customerId: string, draft: AddressDraft): void {
    this.#wasSent = false;
    this.#errors = {};
    this.#save.forget();
    this.#keep(customerId, draft);
    void this.#host.focusOn(`#${prefix}label`);
  }

  #keep(customerId: string, draft: AddressDraft | undefined): void {
    if (draft) {
      this.#drafts.set(customerId, draft);
      this.#host.drafts()?.write(draftName(customerId), draft);
    } else {
      this.#drafts.delete(customerId);
      this.#host.drafts()?.remove(draftName(customerId));
    }
    this.#host.element.requestUpdate();
  }

  #renderForm(customerId: string, draft: AddressDraft): TemplateResult {
    const { error } = this.#save;
    const isGone = isAdapterError(error, 'not_found') && error.reason === 'unknown';
    const isRefused = Object.keys(this.#errors).length > 0;
    return this.#form.render({
      draft,
      errors: this.#errors,
      hasSummary: this.#wasSent && isRefused,
      failure: error === undefined || isRefused ? undefined : this.#host.errorText(error),
      isGone,
      isSaving: this.#save.isSaving,
      conflict: this.#save.conflict,
      change: (change) => this.#change(customerId, { ...draft, values: { ...draft.values, ...change } }),
      submit: () => void this.#submit(customerId, draft),
      cancel: () => this.#cancel(customerId, draft),
      addAgain: () => this.#begin(customerId, asNew(draft)),
      choose: (field, side) => this.#save.choose(field, side),
      resolve: () => void this.#save.resolve().then(() => this.#focusAfterSaving(customerId)),
      back: () => {
        this.#save.forget();
        void this.#host.focusOn(`#${prefix}label`);
      },
    });
  }

  #change(customerId: string, draft: AddressDraft): void {
    if (this.#wasSent) this.#errors = this.#textsOf(draft);
    this.#keep(customerId, draft);
  }

  #textsOf(draft: AddressDraft): Record<string, string> {
    return problemTexts(this.#host.fieldContext().text, checkDraft(draft).problems);
  }

  async #submit(customerId: string, written: AddressDraft): Promise<void> {
    if (this.#save.isSaving) return;
    const { phone, country } = written.values;
    // A number that is just being typed is none yet as it is kept.
    const stored = phone?.trim() ? await storedPhone(phone.trim(), country || undefined) : null;
    const draft = { ...written, values: { ...written.values, phone: stored ?? phone } };
    const isPhone = stored !== undefined || !('phone' in changesOf(written));
    this.#wasSent = true;
    this.#errors = this.#textsOf(draft);
    if (!isPhone) this.#errors.phone ??= this.#host.fieldContext().text('problemPhone');
    this.#keep(customerId, draft);
    if (Object.keys(this.#errors).length) {
      await this.#host.focusOn('.address-form .summary');
      return;
    }
    const { fields } = checkDraft(draft);
    if (draft.base && Object.keys(fields).length === 0) {
      this.#end(customerId, draft.id);
      return;
    }
    const isNew = !draft.base;
    if (!this.#host.ask('address-save', { customerId, addressId: draft.id, fields, isNew })) return;
    this.#saving = { customerId, draft };
    await this.#save.save(draft.base ?? { version: 0, fields: {} }, fields);
    await this.#focusAfterSaving(customerId);
  }

  async #focusAfterSaving(customerId: string): Promise<void> {
    if (this.#save.conflict) await this.#host.focusOn('#conflict-title');
    else if (this.#drafts.has(customerId)) await this.#host.focusOn('.address-form [role=alert]');
  }

  #saved(saved: AddressesSaved, kept: readonly TheirChange[]): void {
    if (!this.#saving) return;
    const { customerId, draft } = this.#saving;
    this.#end(customerId, draft.id);
    this.#took(customerId, draft.id, saved);
    const { text } = this.#host.context();
    if (!kept.length) this.#host.announce(text('saved'));
    else {
      const label = (field: string) => this.#host.fieldContext().text(field as keyof AddressFields);
      this.#host.notice.show({ message: keptText(this.#host.conflictContext(), kept, label) });
    }
  }

  #took(customerId: string, addressId: string, { receipt, ...saved }: AddressesSaved): void {
    this.#host.takeOver(saved);
    const address = saved.addresses.find(({ id }) => id === addressId);
    this.#host.tell('address-saved', { customerId, address, addresses: saved.addresses, receipt });
  }

  #refused(error: unknown): void {
    if (!isAdapterError(error, 'invalid')) return;
    this.#errors = Object.fromEntries(
      Object.entries(error.fields).map(([name, message]) => [
        name,
        this.#host.fieldContext().text('problemRefused', { message }),
      ]),
    );
  }

  #end(customerId: string, addressId: string): void {
    this.#keep(customerId, undefined);
    this.#save.forget();
    this.#errors = {};
    void this.#host.focusOn(`${cardOf(addressId)} [data-action=more]`, '.add-address');
  }

  /** Takes an edit back; what was typed can be had again. */
  #cancel(customerId: string, draft: AddressDraft): void {
    this.#end(customerId, draft.id);
    if (draft.base && Object.keys(changesOf(draft)).length === 0) return;
    this.#host.notice.show({
      message: this.#host.context().text('editTakenBack'),
      undo: () => this.#begin(customerId, draft),
    });
  }

  #menu(customerId: string, address: CustomerAddress): AddressMenu {
    const { text } = this.#host.context();
    return {
      label: text('addressActions', { label: address.label }),
      isOpen: this.#host.popover.current === `address-${address.id}`,
      isBusy: this.#host.writes.isPending(aboutAddress(address.id)),
      open: (anchor, render) =>
        this.#host.popover.toggle({
          name: `address-${address.id}`,
          anchor,
          role: 'menu',
          align: 'end',
          label: text('addressActions', { label: address.label }),
          render,
        }),
      run: (action) => {
        this.#host.popover.close();
        if (action === 'edit') this.#begin(customerId, editOf(address));
        else if (action === 'delete') void this.#remove(customerId, address);
        else void this.#makeDefault(customerId, address, action);
      },
    };
  }

  async #makeDefault(customerId: string, address: CustomerAddress, which: Default): Promise<void> {
    const { id, version } = address;
    const fields = { [which]: true };
    if (!this.#host.ask('address-save', { customerId, addressId: id, fields, isNew: false })) return;
    const operationId = crypto.randomUUID();
    await this.#host.writes.run({
      about: aboutAddress(id),
      send: async (adapter, signal) => {
        const request = { customerId, id, fields };
        try {
          return await adapter.saveAddress({ ...request, version, operationId }, { signal });
        } catch (error) {
          // Whatever else somebody changed of it: which one is the default is decided by whoever comes last.
          if (!isAdapterError(error, 'conflict') || error.reason !== 'stale') throw error;
          const current = error.current as CustomerAddress;
          const again = { ...request, version: current.version, operationId: crypto.randomUUID() };
          return adapter.saveAddress(again, { signal });
        }
      },
      done: (saved) => {
        this.#took(customerId, id, saved);
        this.#host.announce(this.#host.context().text('saved'));
        void this.#host.focusOn(`${cardOf(id)} [data-action=more]`);
      },
      failed: (error) => this.#failed('actionFailed', error),
    });
  }

  async #remove(customerId: string, address: CustomerAddress): Promise<void> {
    const { id, version, label } = address;
    if (!this.#host.ask('address-delete', { customerId, address })) return;
    const { text } = this.#host.context();
    const canUndo = this.#host.source()?.capabilities.undo === true;
    const isSure =
      canUndo ||
      (await this.#host.confirmation.ask({
        title: text('deleteAddressTitle', { label: isolated(label) }),
        text: address.address_line_1,
        action: text('deleteAddress'),
        isDanger: true,
      }));
    if (!isSure) return;
    const operationId = crypto.randomUUID();
    await this.#host.writes.run({
      about: aboutAddress(id),
      send: (adapter, signal) => adapter.deleteAddress({ customerId, id, version, operationId }, { signal }),
      done: ({ receipt, ...saved }) => {
        const hadFocus = Boolean(this.#host.element.shadowRoot?.activeElement?.closest(cardOf(id)));
        this.#host.takeOver(saved);
        this.#host.tell('address-deleted', { customerId, address, addresses: saved.addresses, receipt });
        const message = text('addressDeleted', { label: isolated(label) });
        const undo = receipt.undo.possible ? () => void this.#undo(receipt.id) : undefined;
        this.#host.notice[hadFocus ? 'showAndFocus' : 'show']({
          message,
          ...(undo ? { undo } : {}),
          returnTo: () => this.#host.element.shadowRoot?.querySelector<HTMLElement>('.add-address'),
        });
      },
      failed: (error) => this.#failed('addressNotDeleted', error),
    });
  }

  async #undo(id: string): Promise<void> {
    const operationId = crypto.randomUUID();
    const customerId = this.#host.customerId();
    if (!this.#host.ask('address-restore', { customerId, operationId: id })) return;
    await this.#host.writes.run({
      about: `undo ${id}`,
      send: (adapter, signal) => adapter.undoOperation({ id, operationId }, { signal }),
      done: (receipt) => {
        this.#host.announce(this.#host.context().text('addressRestored'));
        this.#host.tell('address-restored', { customerId, receipt });
        void this.#host.reload().then(() => this.#host.focusOn('.add-address'));
      },
      failed: (error) => this.#failed('actionFailed', error),
    });
  }

  #failed(key: DetailTextKey, error: unknown): void {
    const { text } = this.#host.context();
    const isStale = isAdapterError(error, 'conflict') && error.reason === 'stale';
    const isGone = isAdapterError(error, 'not_found') && error.reason === 'unknown';
    if (isStale || isGone) void this.#host.reload();
    const reason = isStale ? text('addressChanged') : this.#host.errorText(error);
    this.#host.notice.show({ message: text(key, { reason }), isError: true });
  }
}

/** What can be done with one address, behind one button. */
export interface AddressMenu {
  label: string;
  isOpen: boolean;
  isBusy: boolean;
  open: (anchor: HTMLElement, render: () => unknown) => void;
  run: (action: 'edit' | 'delete' | Default) => void;
}

const aboutAddress = (id: string): string => `address ${id}`;
const draftName = (customerId: string): string => `address/${customerId}`;
const cardOf = (id: string): string => `[data-address="${CSS.escape(id)}"]`;
