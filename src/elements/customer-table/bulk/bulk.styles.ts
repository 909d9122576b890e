import { css } from 'lit';
import { confirmationStyles } from '../../../parts/confirmation.ts';
import { fieldStyles } from '../../../parts/fields/field.ts';
import { tagsFieldStyles } from '../../../parts/fields/tags-field.ts';
import { typeAheadStyles } from '../../../parts/fields/type-ahead.ts';
import { noticeStyles } from '../../../parts/notice.ts';
import { operationHistoryStyles } from '../../../parts/operation-history/operation-history.styles.ts';

const pickerStyles = css`
  .bulk-tags {
    display: grid;
    gap: 12px;
    width: 320px;
    max-width: 100%;
    padding: 8px;
  }
  .sheet .bulk-tags {
    width: auto;
  }
  /* Its head says it. */
  .sheet .bulk-tags .form-label {
    position: absolute;
    clip-path: inset(50%);
  }
  .bulk-buttons {
    display: flex;
    justify-content: flex-end;
  }
`;

export const bulkStyles = [
  confirmationStyles,
  fieldStyles,
  tagsFieldStyles,
  typeAheadStyles,
  noticeStyles,
  operationHistoryStyles,
  pickerStyles,
];
