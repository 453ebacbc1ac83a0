import type { Deployment } from '../admin/deployment.ts';

/** Return the places that may explain a failed check: its heading in the runbook and the logs of the functions. */
export function placesOf(
  { stage, localSqs }: Deployment,
  check: string,
  functions: readonly string[],
): string[] {
  const log = (name: string) =>
    localSqs === undefined ? `log group /ancrage/${stage}/${name}` : `logs/${name}.log of the local stack`;
  return [`docs/runbook.md#smoke-${check}`, ...functions.map(log)];
}
