import { LocalStackError } from '../errors.ts';
import type { FunctionDefinition } from '../functions/function-definition.ts';
import type { Inspection } from '../functions/function-host.ts';
import { isFree } from '../functions/open-inspector.ts';
import type { Target } from '../http/http-api.ts';
import type { Route } from '../http/route-table.ts';
import type { EventSource } from '../queues/event-source.ts';
import type { Bundler } from './bundler.ts';

/** The functions, routes and event sources that the stack runs. */
interface Runs {
  readonly definitions: readonly FunctionDefinition[];
  readonly routes: readonly Route<Target>[];
  readonly sources: readonly EventSource[];
}

/** Nobody sits at a breakpoint for longer. */
const DAY_SECONDS = 86_400;
/** One batch at a time, and for as long as SQS can hide it. */
const HELD = { concurrency: 1, visibilitySeconds: 43_200 };

/** @throws LocalStackError if there is no such function, or the port is taken */
export async function checkInspection(names: readonly string[], inspect: Inspection): Promise<void> {
  const { functionName, port } = inspect;
  if (!names.includes(functionName))
    throw new LocalStackError(
      `There is no function ${functionName} to inspect; the functions are ${names.toSorted().join(', ')}`,
    );
  if (!(await isFree(port)))
    throw new LocalStackError(
      `Port ${port} for the debugger is in use: stop the process that listens on it or pass --inspect-port N`,
    );
}

/**
 * Change what runs so that a developer can stop one function at a breakpoint: it is bundled for a debugger, neither it nor the requests
 * to it time out, and its only instance gets one batch of each queue, which does not come back meanwhile.
 *
 * @throws LocalStackError if it does not compile
 */
export async function inspectable(runs: Runs, { functionName }: Inspection, bundler: Bundler): Promise<Runs> {
  const { errors, directoryOf } = await bundler.bundle([functionName]);
  if (errors.length > 0) throw new LocalStackError(`${functionName} does not compile:\n${errors.join('\n')}`);
  const change = { bundleDir: directoryOf(functionName), timeoutSeconds: DAY_SECONDS };
  return {
    definitions: runs.definitions.map((fn) => (fn.name === functionName ? { ...fn, ...change } : fn)),
    routes: runs.routes.map(({ routeKey, target }) =>
      target.functionName === functionName
        ? { routeKey, target: { ...target, timeoutMs: DAY_SECONDS * 1000 } }
        : { routeKey, target },
    ),
    sources: runs.sources.map((source) =>
      source.functionName === functionName ? { ...source, ...HELD } : source,
    ),
  };
}
