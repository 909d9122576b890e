import { fields } from '../../../locales/en/fields.ts';
import { operations } from '../../../locales/en/operations.ts';

/** Actions on many, with what they are drawn in and say: all of it is fetched at once. */
export { Bulk } from './bulk.ts';
export { bulkStyles } from './bulk.styles.ts';
export const bulkTexts = { operations, fields };
