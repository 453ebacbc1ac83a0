import { AdminError } from '../admin/errors.ts';
import { printJson } from '../admin/print.ts';

const OUTCOMES = ['created', 'updated', 'already there', 'skipped', 'failed'] as const;
type Outcome = (typeof OUTCOMES)[number];

/** The result of one line or document. */
export interface Result {
  readonly outcome: Outcome;
  /** Id of the subscription, if the result concerns one. */
  readonly id?: string;
  readonly reason?: string;
  /** What the user should look at, although it was imported. */
  readonly remarks?: readonly string[];
}

interface Reported extends Result {
  /** Number of the line or document in the file. */
  readonly at: number;
  /** The URL or the name, by which users recognise the line or document. */
  readonly what: string;
}

interface Report {
  add(reported: Reported): void;
  /** @throws AdminError if something could not be imported */
  end(): void;
}

/** Print each result when it is added, or all results as JSON at the end. */
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
      if (failed > 0) throw new AdminError(`${failed} of ${items.length} ${unit}s could not be imported.`);
    },
  };
}

const WIDEST = Math.max(...OUTCOMES.map(({ length }) => length));

function lineOf(unit: string, { at, outcome, what, id, reason, remarks = [] }: Reported): string {
  const parts = [
    `${unit} ${at}`.padEnd(unit.length + 5),
    outcome.padEnd(WIDEST),
    what,
    id ?? '',
    reason ?? '',
    remarks.length > 0 ? `(${remarks.join('; ')})` : '',
  ];
  return parts.filter((part) => part !== '').join('  ');
}
