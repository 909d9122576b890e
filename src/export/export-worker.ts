import { ExportError } from './export-error.ts';
import { ExportHost } from './export-host.ts';
import type { ExportAnswer, ExportRequest } from './write-file.ts';

const answer = (message: ExportAnswer): void => self.postMessage(message);
const host = new ExportHost();

self.addEventListener('message', ({ data: { id, method, value } }: MessageEvent<ExportRequest>) => {
  host.ask(method, value).then(
    (answered) => answer({ id, value: answered }),
    (error: unknown) => {
      const { code, detail } =
        error instanceof ExportError ? error : new ExportError('storage_failed', String(error));
      answer({ id, failure: { code, detail } });
    },
  );
});
