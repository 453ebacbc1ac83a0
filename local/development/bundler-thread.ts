/** Bundles functions as the synthesis does, in a thread because esbuild's synchronous API would hold up the whole stack. */
import { parentPort, workerData } from 'node:worker_threads';
import { type BuildFailure, formatMessagesSync } from 'esbuild';
import { bundleFunctions } from '../../lib/bundle.ts';
import type { BundleOrder, BundlingMessage, BundlingOrder } from './bundling.ts';
import { sourcesOf } from './sources-of.ts';

const { root, outputDir, bundle, trace } = workerData as BundlingOrder;
const errors = new Set<string>();

function post(message: BundlingMessage): void {
  parentPort?.postMessage(message);
}

/** Orders with the same options can share a run of esbuild. */
function groupsOf(orders: readonly BundleOrder[]): BundleOrder[][] {
  const groups = Object.groupBy(orders, ({ kind, debuggable }) => `${kind} ${debuggable}`);
  return Object.values(groups).map((group = []) => group);
}

/** Return the value, or undefined if the code does not compile. */
function compiled<Value>(compile: () => Value): Value | undefined {
  try {
    return compile();
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    for (const text of formatMessagesSync(error.errors, { kind: 'error' })) errors.add(text.trimEnd());
    return undefined;
  }
}

const isBuildFailure = (error: unknown): error is BuildFailure => error instanceof Error && 'errors' in error;

/** Run a group, and one by one if that fails, so that a function that does not compile holds up no other. */
function eachCompiled<Value>(
  group: readonly BundleOrder[],
  compile: (group: readonly BundleOrder[]) => Value,
): Value[] {
  const value = compiled(() => compile(group));
  if (value !== undefined) return [value];
  return group.length === 1 ? [] : group.flatMap((order) => eachCompiled([order], compile));
}

function write(group: readonly BundleOrder[]): string[] {
  const folders = group.map(({ folder }) => folder);
  const [{ kind, debuggable } = { kind: 'plain', debuggable: false } as const] = group;
  bundleFunctions(folders, outputDir, { root, kind, debuggable, silent: true });
  return group.map(({ name }) => name);
}

const names = groupsOf(bundle).flatMap((group) => eachCompiled(group, write).flat());
post({ type: 'bundled', names, errors: [...errors] });
const traced = groupsOf(trace).flatMap((group) => eachCompiled(group, (orders) => sourcesOf(root, orders)));
post({ type: 'traced', sources: Object.assign({}, ...traced) });
