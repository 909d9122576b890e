import { ReadError } from './read-error.ts';
import { readFile } from './read-file.ts';
import type { WorkerAnswer } from './read-in-worker.ts';

const answer = (message: WorkerAnswer): void => self.postMessage(message);

self.addEventListener('message', (event: MessageEvent<{ file: Blob; fileName: string }>) => {
  const { file, fileName } = event.data;
  readFile(file, { fileName, onProgress: (read, size) => answer({ kind: 'progress', read, size }) }).then(
    (reading) => answer({ kind: 'reading', reading }),
    (error: unknown) => {
      const known = error instanceof ReadError ? error : new ReadError('unreadable', String(error));
      answer({ kind: 'error', code: known.code, detail: known.detail });
    },
  );
});
