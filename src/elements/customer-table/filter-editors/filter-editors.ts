import type { FilterKindName } from '../filter-kinds.ts';
import { countryEditor, groupEditor, tagsEditor } from './choices-editor.ts';
import { daysEditor } from './days-editor.ts';
import type { EditorContext, FilterEditor } from './editor.ts';
import { statusEditor, yesNoEditor } from './options-editor.ts';
import { ordersEditor, spentEditor } from './range-editor.ts';

/** The editor that fits each kind of filter. */
export const filterEditors: Record<FilterKindName, (context: EditorContext) => FilterEditor> = {
  status: statusEditor,
  group: groupEditor,
  tags: tagsEditor,
  country: countryEditor,
  hasOrders: (context) => yesNoEditor('hasOrders', context),
  marketing: (context) => yesNoEditor('acceptsMarketing', context),
  orders: ordersEditor,
  spent: spentEditor,
  registered: (context) => daysEditor({ from: 'dateFrom', to: 'dateTo' }, context),
  lastOrder: (context) => daysEditor({ from: 'lastOrderFrom', to: 'lastOrderTo' }, context),
};
