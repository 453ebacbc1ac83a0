import { AdminError } from '../admin/errors.ts';
import { printJson } from '../admin/print.ts';

const OUTCOMES = ['created', 'updated', 'already there', 'skipped', 'failed'] as const;
type Outcome = (typeof OUTCOMES)[number];

/** What became of one line or document. */
export interface Result {
  readonly outcome: Outcome;
  /** The subscription or webhook, where there is one. */
  readonly id?: string;
  readonly reason?: string;
}

interface Reported extends Result {
  /** Where it stands in the file: the number of the line or the document. */
  readonly at: number;
  /** What people know it by. */
  readonly what: string;
}

interface Report {
  add(reported: Reported): void;
  /** @throws AdminError if something could not be imported */
  end(): void;
}

/** Tells what becomes of each as it does, or all at the end as JSON. `unit`: what a file is made of. */
export function openReport(unit: 'line' | 'document', json: boolean): Report {
  const items: Reported[] = [];
  const counts = () =>
    OUTCOMES.map((outcome) => [outcome, items.filter((item) => item.outcome === outcome).length] as const);
  return {
    add(reported) {
      items.push(reported);
      if (!json) console.log(lineOf(unit, reported));
    },
    end() {
      const counted = counts();
      if (json) printJson({ counts: Object.fromEntries(counted), items });
      else console.log(counted.map(([outcome, count]) => `${count} ${outcome}`).join(', '));
      const failed = items.filter(({ outcome }) => outcome === 'failed').length;
      if (failed > 0) throw new AdminError(`${failed} of ${items.length} could not be imported.`);
    },
  };
}

const WIDEST = Math.max(...OUTCOMES.map(({ length }) => length));

function lineOf(unit: string, { at, outcome, what, id, reason }: Reported): string {
  const parts = [
    `${unit} ${at}`.padEnd(unit.length + 5),
    outcome.padEnd(WIDEST),
    what,
    id ?? '',
    reason ?? '',
  ];
  return parts.filter((part) => part !== '').join('  ');
}
