import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { type Row, rounded } from '../bench.ts';

/** The part of the output of `--cpu-prof` that is used here. */
interface Profile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly children?: readonly number[];
}

const IDLE = '(idle)';
const SHOWN = 16;

/**
 * Return the shares of CPU time by part of a bundle, each including the time in Node functions that it calls. Work that
 * Node does by itself, such as reading from sockets, is attributed to Node.
 */
export function shares(profileFile: string, bundleFile: string): Row[] {
  const profile: Profile = JSON.parse(readFileSync(profileFile, 'utf8'));
  const map = new SourceMap(JSON.parse(readFileSync(`${bundleFile}.map`, 'utf8')));
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])),
  );
  const ownerOf = (id: number): string => {
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const { url, lineNumber, columnNumber, functionName } = (nodes.get(at) as ProfileNode).callFrame;
      if (functionName.startsWith('(') && functionName !== '(root)' && url === '') return functionName;
      if (!url.endsWith(bundleFile)) continue;
      const entry = map.findEntry(lineNumber, columnNumber);
      return 'originalSource' in entry ? partOf(entry.originalSource) : 'bundle';
    }
    return 'node: sockets, HTTP, timers';
  };
  const times = new Map<string, number>();
  profile.samples.forEach((sample, index) => {
    const owner = ownerOf(sample);
    times.set(owner, (times.get(owner) ?? 0) + (profile.timeDeltas[index] ?? 0));
  });
  times.delete(IDLE);
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...times]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, SHOWN)
    .map(([part, time]) => ({ part, '%': rounded((100 * time) / total, 1) }));
}

/** Return the package of a dependency, such as `@smithy/core`, or the end of the path of Ancrage's own source. */
function partOf(source: string): string {
  const dependency = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1];
  if (dependency !== undefined) return dependency;
  return source.split('/').slice(-3).join('/');
}
