import { Allowance } from '../engines/template/step-meter.ts';

/**
 * Lets the projects of an invocation run their conditions and templates one after the other, the one that has used least first.
 * In between, the process sees to everything else: the responses that come in, and the requests that need no such code.
 */
export class CodeTurns {
  readonly #steps: number;
  readonly #allowances = new Map<string, Allowance>();
  readonly #waiting = new Set<{ readonly project: string; readonly begin: () => void }>();
  #isBusy = false;

  /** @param steps what a project may use */
  constructor(steps: number) {
    this.#steps = steps;
  }

  /** Return what a project may use. */
  allowanceOf(project: string): Allowance {
    const allowance = this.#allowances.get(project) ?? new Allowance(this.#steps);
    this.#allowances.set(project, allowance);
    return allowance;
  }

  /** Resolve when it is a project's turn, which lasts until the caller waits for something else. */
  take(project: string): Promise<void> {
    return new Promise((begin) => {
      this.#waiting.add({ project, begin });
      if (!this.#isBusy) this.#next();
    });
  }

  #next(): void {
    const spent = ({ project }: { project: string }) => this.allowanceOf(project).spent;
    const [first, ...others] = this.#waiting;
    this.#isBusy = first !== undefined;
    if (first === undefined) return;
    const next = others.reduce((least, each) => (spent(each) < spent(least) ? each : least), first);
    this.#waiting.delete(next);
    next.begin();
    setImmediate(() => this.#next());
  }
}
