import type { TemplateResult } from 'lit';
import type { CustomerDetail } from '../../model/detail.ts';
import { icons } from '../../parts/icons.ts';
import type { DetailTextKey } from './context.ts';
import type { DetailPieces } from './detail-pieces.ts';
import type { Permissions } from './permissions.ts';

/** What can be done with a customer as a whole. */
export interface HeadAction {
  name: string;
  icon: TemplateResult;
  label: DetailTextKey;
  /** Stands below the others, apart. */
  isLast?: boolean;
  isOffered: (permissions: Permissions, detail: CustomerDetail) => boolean;
  run: (pieces: DetailPieces, detail: CustomerDetail) => void;
}

/** In the order in which the menu shows them. */
export const headActions: readonly HeadAction[] = [
  {
    name: 'edit',
    icon: icons.pencil,
    label: 'editCustomer',
    isOffered: ({ edit }) => edit,
    run: ({ editing }, { customer }) => editing.edit(customer),
  },
  {
    name: 'promote',
    icon: icons.person,
    label: 'promote',
    isOffered: ({ edit }, { customer }) => edit && customer.is_guest,
    run: ({ promotion }, { customer }) => void promotion.run(customer),
  },
  {
    name: 'merge',
    icon: icons.people,
    label: 'merge',
    isOffered: (permissions) => permissions.merge,
    run: ({ merging }, detail) => merging.begin(detail),
  },
  {
    name: 'hand-over',
    icon: icons.copy,
    label: 'handOver',
    isOffered: ({ handOver }) => handOver,
    run: ({ privacy }, { customer }) => privacy.handOver(customer),
  },
  {
    name: 'delete',
    icon: icons.bin,
    label: 'deleteCustomer',
    isLast: true,
    isOffered: (permissions) => permissions.delete,
    run: ({ removal }, detail) => void removal.begin(detail),
  },
  {
    name: 'erase',
    icon: icons.cross,
    label: 'eraseData',
    isOffered: ({ erase }) => erase,
    run: ({ privacy }, { customer }) => privacy.erase(customer),
  },
];
