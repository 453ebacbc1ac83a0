import type { Deployment } from '../admin/deployment.ts';

/** Where the reason of a failed check may be: its heading in the runbook, and the logs of these functions. */
export function placesOf(
  { stage, localSqs }: Deployment,
  check: string,
  functions: readonly string[],
): string[] {
  const log = (name: string) =>
    localSqs === undefined ? `log group /ancrage/${stage}/${name}` : `logs/${name}.log of the local stack`;
  return [`docs/runbook.md#smoke-${check}`, ...functions.map(log)];
}
