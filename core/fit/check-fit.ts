import type { Clock } from '../kernel/clock.ts';
import type { RenderFault } from '../kernel/errors.ts';
import type { Event } from '../model/event.ts';
import type { Logger } from '../ports/logger.ts';
import { type Candidate, type CandidatesPorts, candidatesFor } from './candidates.ts';
import { FitLimits, OutOfTimeError } from './fit-limits.ts';
import { type FitWarning, fitWarning, MAX_MISFITS, type Misfit } from './fit-warning.ts';

export interface CheckFitPorts extends CandidatesPorts {
  readonly clock: Clock;
  readonly log: Logger;
}

/** Why an event does not fit. */
interface Reason {
  readonly detail: string;
  readonly fault?: RenderFault | undefined;
}

/** What was saved, to be checked against samples and events. */
export interface Saved {
  readonly project: string;
  /** What it is, for the log: its id or its name. */
  readonly id: string;
  /** The event types that it is about. */
  readonly patterns: readonly string[];
  readonly kind: Exclude<FitWarning['kind'], 'unchecked'>;
  /** Return why an event does not fit, null if it does, or `stop` if there is no budget to find out. */
  judge(event: Event, limits: FitLimits): Promise<Reason | null | 'stop'>;
}

const MAX_DETAIL = 500;

/**
 * Return a warning if samples or the latest events do not fit what was saved. Never throws: what is saved is saved, whatever
 * becomes of the check.
 *
 * @param limits of the request, if it saves more than one thing
 */
export async function checkFit(
  ports: CheckFitPorts,
  saved: Saved,
  limits = new FitLimits(ports.clock),
): Promise<FitWarning | null> {
  const { project, id, kind } = saved;
  const findings = new Findings();
  let end: 'all' | 'no room' | 'stop' | 'fault';
  try {
    end = await judgeAll(ports, saved, limits, findings);
  } catch (error) {
    end = error instanceof OutOfTimeError ? 'stop' : 'fault';
    const reason = end === 'stop' ? 'took too long' : 'failed';
    ports.log.warn('fit not checked', { project, id, kind, checked: findings.checked, reason, error });
  }
  const found = findings.toWarning(end !== 'all');
  if (found.failed > 0) return fitWarning(kind, found);
  return end === 'fault' || (end !== 'all' && found.checked === 0) ? fitWarning('unchecked', found) : null;
}

async function judgeAll(
  ports: CheckFitPorts,
  { project, patterns, judge }: Saved,
  limits: FitLimits,
  findings: Findings,
): Promise<'all' | 'no room' | 'stop'> {
  const groups = candidatesFor(ports, limits, project, patterns, ports.clock());
  for (;;) {
    if (limits.isOver) return 'stop';
    const next = await limits.inTime(groups.next());
    if (next.done) return next.value;
    for (const candidate of next.value) {
      if (limits.isOver) return 'stop';
      const reason = await limits.inTime(judge(candidate.event, limits));
      if (reason === 'stop') return 'stop';
      findings.add(candidate, reason);
    }
  }
}

class Findings {
  readonly #misfits: Misfit[] = [];
  #checked = 0;
  #failed = 0;

  get checked(): number {
    return this.#checked;
  }

  add({ event: { type }, eventId, sample }: Candidate, reason: Reason | null): void {
    this.#checked++;
    if (reason === null) return;
    this.#failed++;
    if (this.#misfits.length === MAX_MISFITS) return;
    const { detail, fault } = reason;
    const shown = detail.length > MAX_DETAIL ? `${detail.slice(0, MAX_DETAIL)}…` : detail;
    this.#misfits.push({ type, eventId, sample, detail: shown.toWellFormed(), ...(fault && { fault }) });
  }

  toWarning(stoppedEarly: boolean): Omit<FitWarning, 'kind' | 'detail'> {
    return { checked: this.#checked, failed: this.#failed, stoppedEarly, misfits: this.#misfits };
  }
}
