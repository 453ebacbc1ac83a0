import type { Command } from 'commander';
import { type Deployment, readDeployment, type Target } from './deployment.ts';

interface GlobalOptions extends Target {
  readonly json?: boolean;
}

/** The options that every command shares. */
export interface Context {
  readonly deployment: () => Deployment;
  readonly json: () => boolean;
}

export function contextOf(program: Command): Context {
  const options = () => program.opts<GlobalOptions>();
  return {
    deployment: () => readDeployment(options()),
    json: () => options().json ?? false,
  };
}
