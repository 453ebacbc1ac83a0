import { MARK, type Result } from './steps.ts';

export interface Run {
  readonly at: Date;
  readonly version: string;
  /** The version or commit before the upgrade; undefined without an upgrade. */
  readonly from: string | undefined;
  /** Twelve digits. */
  readonly account: string;
  readonly stage: string;
  readonly regions: readonly string[];
  readonly results: readonly Result[];
}

/** Hide all but the last four digits of the account's id, also in ARNs and names. */
const masked = (text: string, account: string): string =>
  account === '' ? text : text.replaceAll(account, `${'*'.repeat(account.length - 4)}${account.slice(-4)}`);

/** Return the report in Markdown. */
export function reportOf({ at, version, from, account, stage, regions, results }: Run): string {
  const failed = results.filter(({ result }) => result === 'failed');
  const outcome = failed.length === 0 ? 'passed' : `failed: ${failed.map(({ name }) => name).join(', ')}`;
  const heads = { date: at.toISOString(), version, ...(from !== undefined && { from }) };
  const facts = { ...heads, account, stage, regions: regions.join(', '), outcome };
  const figures = results.flatMap((step) =>
    Object.entries(step.figures ?? {}).map(([name, value]) => [step.name, name, String(value)]),
  );
  const text = [
    '# A live run of Ancrage',
    tableOf(['', ''], Object.entries(facts)),
    '## Steps',
    tableOf(
      ['step', 'result', 'seconds', ''],
      results.map(({ name, result, seconds, detail }) => [
        name,
        result === 'skipped' ? `${MARK.skipped} skipped` : MARK[result],
        String(seconds),
        detail.split('\n')[0] ?? '',
      ]),
    ),
    ...(figures.length > 0 ? ['## Figures', tableOf(['step', '', ''], figures)] : []),
    ...failed.flatMap(({ name, detail }) => [`## What failed: ${name}`, fenced(detail)]),
  ];
  return masked(`${text.join('\n\n')}\n`, account);
}

const tableOf = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  [columns, columns.map(() => '---'), ...rows.map((cells) => cells.map(escaped))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

const escaped = (cell: string) => cell.replaceAll('|', '\\|');

/** A fence longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
