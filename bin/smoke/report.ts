/** What became of one check. */
interface Result {
  readonly name: string;
  readonly title: string;
  readonly ok: boolean;
  readonly ms: number;
  /** Of a check that failed. */
  readonly expected?: string;
  readonly found?: string;
  /** Where its reason may be: a heading of the runbook, a log. */
  readonly look?: readonly string[];
}

export interface Report {
  /** Keeps a secret out of whatever is printed. */
  hide(secret: string): void;
  add(result: Result): void;
  readonly results: readonly Result[];
}

/** Prints each result as it comes: a line where all is well, and what to know where it is not. */
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
  const told = Object.entries({ expected, found, look: look.join('\n') })
    .filter(([, text]) => text)
    .map(([label, text]) => indented(label, text ?? ''));
  return [head, ...told];
}

/** `    found     what came`, and further lines below the first. */
function indented(label: string, text: string): string {
  return `    ${label.padEnd(10)}${text.replaceAll('\n', `\n${' '.repeat(14)}`)}`;
}
