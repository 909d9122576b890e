import { unguarded } from '../import/apostrophe.ts';
import { exportHeadings, exportKind, type ExportKind } from '../model/export-headings.ts';
import { currencyDigits } from '../model/money.ts';
import { readersOf, type ExportLayout } from './cells.ts';
import { ExportError } from './export-error.ts';
import { mostCellCharacters, mostSheetRows } from './limits.ts';
import { ZipStream, type ByteSink, type ZipPart } from './zip-stream.ts';

/** By their place in `cellXfs` below. */
const styles = { money: 1, moment: 2, head: 3 };

/**
 * An .xlsx file of one sheet, written row by row: texts stand in their cells, so that nothing has to be remembered to
 * the end. Numbers, money and dates are numbers; everything else is text, and never a formula.
 */
export class Workbook {
  readonly #zip: ZipStream;
  readonly #layout: ExportLayout;
  readonly #cell: (column: number, row: number, text: string) => string;
  #sheet: ZipPart | undefined;
  #rows = 0;

  constructor(layout: ExportLayout, sink: ByteSink) {
    this.#zip = new ZipStream(sink);
    this.#layout = layout;
    this.#cell = cellWriter(layout);
  }

  async begin(): Promise<void> {
    const { fields, currency } = this.#layout;
    for (const [name, text] of Object.entries(fixedParts)) await this.#zip.add(name, text);
    await this.#zip.add('xl/styles.xml', styleSheet(currencyDigits(currency)));
    this.#sheet = await this.#zip.begin('xl/worksheets/sheet1.xml');
    const columns = fields.map(
      (field, index) =>
        `<col min="${index + 1}" max="${index + 1}" width="${widths[exportKind(field)]}" customWidth="1"/>`,
    );
    const head = fields.map((field, index) => textCell(index, 1, exportHeadings[field], styles.head));
    this.#rows = 1;
    await this.#sheet.write(
      `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">` +
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
        `<cols>${columns.join('')}</cols><sheetData><row r="1">${head.join('')}</row>`,
    );
  }

  async add(rows: readonly (readonly string[])[]): Promise<void> {
    const width = this.#layout.fields.length;
    let text = '';
    for (const row of rows) {
      const number = ++this.#rows;
      if (number > mostSheetRows) throw new ExportError('too_many_rows');
      text += `<row r="${number}">`;
      for (let column = 0; column < width; column++) text += this.#cell(column, number, row[column] ?? '');
      text += '</row>';
    }
    await this.#sheet?.write(text);
  }

  async end(): Promise<void> {
    await this.#sheet?.write('</sheetData></worksheet>');
    await this.#sheet?.end();
    await this.#zip.end();
  }
}

function cellWriter({
  fields,
  currency,
}: ExportLayout): (column: number, row: number, text: string) => string {
  const readers = readersOf({ fields, currency });
  const kinds = fields.map(exportKind);
  return (column, row, raw) => {
    if (raw === '') return '';
    const kind = kinds[column];
    if (kind === 'moment') {
      const time = Date.parse(raw);
      // Days since 30 December 1899, as spreadsheets count.
      const serial = Math.floor(time / 1000) / 86_400 + 25_569;
      return `<c r="${columnName(column)}${row}" s="${styles.moment}"><v>${serial}</v></c>`;
    }
    const text = readers[column]?.(raw) ?? raw;
    if (text === '') return '';
    if ((kind === 'number' || kind === 'money') && /^-?\d+(\.\d+)?$/.test(text)) {
      const style = kind === 'money' ? ` s="${styles.money}"` : '';
      return `<c r="${columnName(column)}${row}"${style}><v>${text}</v></c>`;
    }
    if (text.length > mostCellCharacters) {
      throw new ExportError('cell_too_long', exportHeadings[fields[column] ?? 'id']);
    }
    // A text is no formula here; but what looks like a guard of ours would be taken off when it is read back.
    return textCell(column, row, unguarded(text) === text ? text : `'${text}`);
  };
}

const textCell = (column: number, row: number, text: string, style?: number): string =>
  `<c r="${columnName(column)}${row}"${style === undefined ? '' : ` s="${style}"`} t="inlineStr"><is>` +
  `<t xml:space="preserve">${escaped(text)}</t></is></c>`;

const names: string[] = [];

/** A, B, …, Z, AA, … */
function columnName(column: number): string {
  let name = names[column];
  if (name === undefined) {
    name = '';
    for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
      name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
    names[column] = name;
  }
  return name;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };
// XML knows no way to write the others.
const unwritable =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const escaped = (text: string): string =>
  /[&<>\r]/.test(text) || text.search(unwritable) >= 0
    ? text.replace(unwritable, '\ufffd').replace(/[&<>\r]/g, (sign) => entities[sign] ?? sign)
    : text;

const widths: Record<ExportKind, number> = {
  text: 22,
  number: 10,
  money: 14,
  flag: 10,
  moment: 20,
  list: 28,
  object: 36,
};

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const fixedParts: Readonly<Record<string, string>> = {
  '[Content_Types].xml':
    `${declaration}<Types xmlns="${packaged}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `<Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>` +
    `<Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>` +
    `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/></Types>`,
  '_rels/.rels':
    `${declaration}<Relationships xmlns="${packaged}/relationships">` +
    `<Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml':
    `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>` +
    '<sheet name="Customers" sheetId="1" r:id="rId1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    `${declaration}<Relationships xmlns="${packaged}/relationships">` +
    `<Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/>` +
    `<Relationship Id="rId2" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
};

function styleSheet(digits: number): string {
  const money = digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`;
  return (
    `${declaration}<styleSheet xmlns="${main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="${money}"/>` +
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>' +
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>' +
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>' +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
  );
}
