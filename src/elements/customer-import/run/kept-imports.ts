import * as z from 'zod/mini';
import '../../../model/schema.ts';
import type { CustomerAdapter } from '../../../adapter/adapter.ts';
import type { CheckSettings } from '../../../import/settings.ts';
import type { Access } from '../../../model/access.ts';
import type { ImportOptions } from '../../../model/import.ts';
import { privateFolder, type PrivateFolder } from '../../../parts/private-folder.ts';
import type { Reading } from '../flow.ts';

const keptSchema = z.object({
  /** The operation's. */
  id: z.uuid(),
  site: z.string(),
  userId: z.string(),
  fileName: z.string(),
  fileType: z.string(),
  asked: z.int(),
  startedAt: z.string(),
  reading: z.custom<Reading>((value) => typeof value === 'object'),
  settings: z.custom<CheckSettings>((value) => typeof value === 'object'),
  options: z.custom<ImportOptions>((value) => typeof value === 'object'),
  again: z.array(z.tuple([z.int(), z.enum(['restore', 'anew'])])),
});

/** An import that was begun, with everything that it takes to go on with it. */
export type KeptImport = z.infer<typeof keptSchema>;

/**
 * Files that are being imported, in the browser's private storage until the import ends: whoever reloads the page goes
 * on without choosing them again. A browser that allows no storage keeps nothing, and the file is asked for.
 */
export class KeptImports {
  readonly #site: string;
  readonly #userId: string;
  #folder: Promise<PrivateFolder | undefined> | undefined;

  constructor(site: string, userId: string) {
    this.#site = site;
    this.#userId = userId;
  }

  async keep(file: Blob, kept: Omit<KeptImport, 'site' | 'userId'>): Promise<void> {
    try {
      const folder = await this.#opened();
      const record: KeptImport = { ...kept, site: this.#site, userId: this.#userId };
      // The small one first: where there is no room for the file, it is asked for again.
      await folder?.write(recordOf(kept.id), new Blob([JSON.stringify(record)]));
      await folder?.write(fileOf(kept.id), file);
    } catch {
      // Refused, or full.
    }
  }

  /** This shop's and this person's. */
  async list(): Promise<KeptImport[]> {
    try {
      const folder = await this.#opened();
      const names = (await folder?.names()) ?? [];
      const records = await Promise.all(
        names.filter((name) => name.endsWith(ending)).map((name) => readRecord(folder, name)),
      );
      return records
        .filter((kept) => kept !== undefined)
        .filter(({ site, userId }) => site === this.#site && userId === this.#userId)
        .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
    } catch {
      return [];
    }
  }

  async file({ id, fileName, fileType }: KeptImport): Promise<File | undefined> {
    try {
      const content = await (await this.#opened())?.read(fileOf(id));
      return content && new File([content], fileName, { type: fileType });
    } catch {
      return undefined;
    }
  }

  async remove(id: string): Promise<void> {
    try {
      const folder = await this.#opened();
      await folder?.remove(recordOf(id));
      await folder?.remove(fileOf(id));
    } catch {
      // It is looked for again when the element is opened the next time.
    }
  }

  #opened(): Promise<PrivateFolder | undefined> {
    this.#folder ??= privateFolder('imports');
    return this.#folder;
  }
}

/** None for a shop without a name of its own: it could be taken for another. */
export function keptImportsOf(
  { site }: Pick<CustomerAdapter, 'site'>,
  access: Pick<Access, 'user_id'> | undefined,
): KeptImports | undefined {
  return site === undefined || !access ? undefined : new KeptImports(site, access.user_id);
}

const ending = '.json';
const recordOf = (id: string): string => `${id}${ending}`;
const fileOf = (id: string): string => `${id}.file`;

async function readRecord(folder: PrivateFolder | undefined, name: string): Promise<KeptImport | undefined> {
  const text = await (await folder?.read(name))?.text();
  try {
    return keptSchema.parse(JSON.parse(text ?? ''));
  } catch {
    return undefined;
  }
}
