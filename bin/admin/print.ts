/** A cell of a table; null for an unknown value. */
type Cell = string | number | null;

export type Row = Readonly<Record<string, Cell>>;

export const printJson = (value: unknown): void => console.log(JSON.stringify(value, null, 2));

/** Print the rows as a table, or `ifEmpty` if there are none. */
export function printTable(rows: readonly Row[], ifEmpty: string): void {
  const [first] = rows;
  console.log(first === undefined ? ifEmpty : table(Object.keys(first), rows));
}

/** Return the rows as a table with a header; numbers are aligned to the right, text to the left. */
export function table(columns: readonly string[], rows: readonly Row[]): string {
  const texts = rows.map((row) => columns.map((column) => String(row[column] ?? '-')));
  const widths = columns.map((column, at) =>
    Math.max(column.length, ...texts.map((cells) => width(cells[at]))),
  );
  const numeric = columns.map((column) => rows.every((row) => typeof row[column] === 'number'));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => {
        const padding = ' '.repeat((widths[at] ?? 0) - width(cell));
        return numeric[at] ? padding + cell : cell + padding;
      })
      .join('  ')
      .trimEnd();
  return [line(columns.map((column) => column.toUpperCase())), ...texts.map(line)].join('\n');
}

/** Count characters and not code units, because a character may have two. */
const width = (text = '') => [...text].length;

/** Print one line per field, with its name and value. */
export function printFields(fields: Readonly<Record<string, Cell>>): void {
  const widest = Math.max(...Object.keys(fields).map((name) => name.length));
  for (const [name, value] of Object.entries(fields)) console.log(`${name.padEnd(widest)}  ${value ?? '-'}`);
}

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const;

/** Format seconds with their two largest units: `93784` → `1d 2h`. */
export function duration(seconds: number): string {
  const first = UNITS.findIndex(([, size]) => seconds >= size);
  if (first === -1) return '0s';
  let left = seconds;
  const parts = UNITS.slice(first, first + 2).map(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count === 0 ? '' : `${count}${unit}`;
  });
  return parts.filter((part) => part !== '').join(' ');
}
