import { type CsvError, type Info, parse } from 'csv-parse/sync';
import { AdminError } from '../admin/errors.ts';

/** A URL and the events that are selected for it. */
export interface Hook {
  readonly url: string;
  readonly events: readonly string[];
  readonly name?: string;
  readonly enabled?: boolean;
}

/** A line of the file with its number, and the hook or the fault in it. */
export interface Line {
  readonly line: number;
  readonly hook?: Hook;
  readonly fault?: string;
}

const COLUMNS = ['url', 'events', 'name', 'enabled'];
const REQUIRED = ['url', 'events'];
const YES_OR_NO = new Map([
  ...['true', 'yes', '1', 'on'].map((text) => [text, true] as const),
  ...['false', 'no', '0', 'off'].map((text) => [text, false] as const),
]);

/**
 * Parse CSV with the header `url,events[,name][,enabled]`.
 *
 * @throws AdminError if the header is missing or has other columns
 */
export function readHirehopCsv(text: string): Line[] {
  // Normalise line breaks, because the library counts CRLF within quotes as two lines.
  const { records, unclosed } = parseCsv(text.replaceAll(/\r\n?/g, '\n'));
  const [header, ...rest] = records;
  const columns = columnsOf(header?.cells ?? []);
  const lines = rest.map(({ line, cells }) => ({ line, ...hookOf(columns, cells) }));
  if (unclosed === null) return lines;
  return [...lines, { line: unclosed, fault: 'a quote that begins here or below is never closed' }];
}

interface Row {
  /** Number of the first line. */
  readonly line: number;
  readonly cells: readonly string[];
}

function parseCsv(text: string): { readonly records: readonly Row[]; readonly unclosed: number | null } {
  const [firstLine = ''] = text.split('\n', 1);
  let isUnclosed = false;
  const parsed = parse(text, {
    bom: true,
    info: true,
    trim: true,
    // In many countries, spreadsheets separate columns with semicolons.
    delimiter: firstLine.includes(',') ? ',' : ';',
    record_delimiter: '\n',
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_error: true,
    // The only error that is not relaxed. The rest of the file is lost, so report the line after the last record.
    on_skip: (error: CsvError | undefined) => {
      isUnclosed ||= error?.code === 'CSV_QUOTE_NOT_CLOSED';
    },
  }) as unknown as readonly { readonly record: string[]; readonly info: Info }[];
  const records = parsed.map(({ record, info }) => ({
    line: info.lines - breaksIn(record),
    cells: record,
  }));
  return { records, unclosed: isUnclosed ? (parsed.at(-1)?.info.lines ?? 0) + 1 : null };
}

const breaksIn = (cells: readonly string[]) =>
  cells.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0);

function columnsOf(header: readonly string[]): readonly string[] {
  const columns = header.map((name) => name.toLowerCase());
  const missing = REQUIRED.filter((name) => !columns.includes(name));
  const unknown = columns.filter((name) => !COLUMNS.includes(name));
  if (missing.length > 0 || unknown.length > 0 || new Set(columns).size < columns.length)
    throw new AdminError(
      `The first line must contain the columns url and events, and optionally name and enabled; it contains: ${header.join(', ')}.`,
    );
  return columns;
}

function hookOf(columns: readonly string[], cells: readonly string[]): Omit<Line, 'line'> {
  if (cells.length > columns.length)
    return {
      fault: `has ${cells.length} columns instead of ${columns.length}: separate events by | or ;, or quote the cell`,
    };
  const cell = (name: string) => cells[columns.indexOf(name)] ?? '';
  const url = cell('url');
  if (url === '') return { fault: 'has no URL' };
  const events = cell('events')
    .split(/[,;|\n]/)
    .map((event) => event.trim())
    .filter((event) => event !== '');
  if (events.length === 0) return { fault: 'has no events' };
  const enabled = cell('enabled') === '' ? true : YES_OR_NO.get(cell('enabled').toLowerCase());
  if (enabled === undefined) return { fault: `enabled must be true or false, not "${cell('enabled')}"` };
  const name = cell('name');
  return { hook: { url, events: [...new Set(events)], enabled, ...(name !== '' && { name }) } };
}
