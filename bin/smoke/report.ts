/** The result of a check. */
interface Result {
  readonly name: string;
  readonly title: string;
  readonly ok: boolean;
  readonly ms: number;
  /** Set if the check failed. */
  readonly expected?: string;
  /** Set if the check failed. */
  readonly found?: string;
  /** Places that may explain the failure: a heading of the runbook, logs. */
  readonly look?: readonly string[];
}

export interface Report {
  /** Mask a secret in everything that is printed. */
  hide(secret: string): void;
  add(result: Result): void;
  readonly results: readonly Result[];
}

/** Print each result when it is added: one line for a success, and the details of a failure below it. */
export function openReport(print: (line: string) => void): Report {
  const results: Result[] = [];
  const secrets = new Set<string>();
  const masked = (text: string) =>
    [...secrets].reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
  return {
    results,
    hide: (secret) => void secrets.add(secret),
    add(result) {
      const { title, expected, found } = result;
      const shown = {
        ...result,
        title: masked(title),
        ...(expected !== undefined && { expected: masked(expected) }),
        ...(found !== undefined && { found: masked(found) }),
      };
      results.push(shown);
      for (const line of linesOf(shown)) print(line);
    },
  };
}

const NAME_WIDTH = 'unsubscribe'.length;

function linesOf({ name, title, ok, ms, expected, found, look = [] }: Result): string[] {
  const head = `${ok ? '✓' : '✗'} ${name.padEnd(NAME_WIDTH)}  ${title}  ${ms} ms`;
  const details = Object.entries({ expected, found, look: look.join('\n') })
    .filter(([, text]) => text)
    .map(([label, text]) => indented(label, text ?? ''));
  return [head, ...details];
}

/** Format a detail as `    found     text`, with further lines aligned below the first. */
function indented(label: string, text: string): string {
  return `    ${label.padEnd(10)}${text.replaceAll('\n', `\n${' '.repeat(14)}`)}`;
}
