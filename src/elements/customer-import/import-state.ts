import type { ReadError } from '../../import/read-error.ts';
import type { FileReading } from '../../import/read-file.ts';
import type { Receipt } from '../../model/receipt.ts';
import type { ImportProgress } from './import-run.ts';

/** Where the person is: one step after the other, each with the file's own data in view. */
export type ImportState =
  | { step: 'pick'; error?: ReadError; fileName?: string }
  | { step: 'reading'; fileName: string; share: number }
  | { step: 'review'; reading: FileReading }
  | { step: 'running'; reading: FileReading; progress: ImportProgress; isStopping: boolean; error?: unknown }
  | { step: 'report'; reading: FileReading; receipt: Receipt };
