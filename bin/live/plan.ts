import { join } from 'node:path';
import { type Deployment, readDeployment } from '../admin/deployment.ts';
import { AdminError } from '../admin/errors.ts';
import type { Account } from './account.ts';
import { devSettings, synthesize } from './assembly.ts';
import { deploy } from './deploy.ts';
import { load } from './load.ts';
import { oneMappingEach } from './mappings.ts';
import type { LiveOptions } from './options.ts';
import type { Place } from './place.ts';
import type { Programs } from './programs.ts';
import { type Release, releaseOf, WORKING_COPY } from './release.ts';
import { restore } from './restore.ts';
import { stillThere, type Written, write } from './scene.ts';
import { formatOf, needOf, releaseSettings, settingsOf } from './settings.ts';
import { smoke } from './smoke.ts';
import { type Found, Skipped, type Step } from './steps.ts';

export interface Run {
  readonly options: LiveOptions;
  readonly place: Place;
  readonly programs: Programs;
  /** Files of the run. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly account: Account;
}

/** The checks of the smoke test that need CloudFront, and those that must run everywhere. */
const EDGE_CHECKS = ['console', 'bearer', 'not-found'];
const REQUIRED_CHECKS = ['queue', 'names'];

/** What the steps leave for those after them. */
interface State {
  release?: Release;
  written?: Written;
  /** That of the working copy. */
  assembly?: string;
  outputs?: string;
  /** When the last data was written. */
  writtenAt?: Date;
}

export interface Plan {
  /** In their order; all but the removal. */
  readonly steps: readonly Step[];
  /** Delete what was checked out. */
  close(): Promise<void>;
}

/** @throws SettingsError if the stage's settings are invalid */
export function planOf(run: Run): Plan {
  const { options, place, programs, folder, signal, account } = run;
  const { stage, region, secondRegion, from, events } = options;
  const state: State = {};
  const settings = { ...settingsOf(options.settings, account.quota), ...place.settings };
  const lanes = Object.values(needOf(stage, settings).lanes).reduce((sum, lane) => sum + lane, 0);
  const requiredChecks = [...REQUIRED_CHECKS, ...EDGE_CHECKS].filter((name) => !(name in place.cannot));
  const stackIn = (file: string | undefined): Deployment => {
    if (file === undefined) throw new AdminError('Nothing is deployed.');
    return readDeployment({ outputs: file, stage });
  };
  const deployHere = (assembly: string, where = region) =>
    deploy(programs, place, assembly, { stage, region: where, folder });
  const synthesizeHere = (name: string, changed: object) =>
    synthesize(programs, place, WORKING_COPY, {
      ...{ stage, settings: { ...settings, ...changed }, folder: join(folder, name) },
    });
  const deployWorkingCopy = async (name: string, changed: object = {}) => {
    state.assembly = await synthesizeHere(name, changed);
    state.outputs = await deployHere(state.assembly);
  };
  const step = (name: string, needs: readonly string[], work: () => Promise<Found>): Step => ({
    ...{ name, needs, run: work },
  });

  const steps = [
    step('account', [], async () => {
      const { concurrent, unreserved } = account.quota ?? {};
      return {
        detail:
          concurrent === undefined
            ? 'the quota of concurrent executions could not be read: small lanes'
            : `${concurrent} concurrent executions, ${unreserved} of them unreserved; the stage’s lanes take up to ${lanes}`,
      };
    }),
    step('release', ['account'], async () => {
      if (from === undefined) throw new Skipped('no --from');
      const release = await releaseOf(programs, from, join(folder, 'release'));
      state.release = release;
      const assembly = await synthesize(programs, place, release, {
        ...{ stage, settings: releaseSettings(devSettings(release)), folder: join(folder, 'release.out') },
      });
      state.outputs = await deployHere(assembly);
      return { detail: `deployed ${release.name}` };
    }),
    step('release smoke', ['release'], async () => {
      const { release, outputs } = state;
      if (release === undefined || outputs === undefined) throw new AdminError('No release is deployed.');
      return smoke(programs, release, outputs, stage);
    }),
    step('data', ['release'], async () => {
      state.written = await write(stackIn(state.outputs), signal);
      return { detail: 'wrote a project, a key, a subscription and a delivered event' };
    }),
    step('deploy', from === undefined ? ['account'] : ['release'], async () => {
      // As `docs/upgrading.md` says: functions of the release may still read what the new ones write.
      const format = state.release ? formatOf(devSettings(state.release)) : 2;
      await deployWorkingCopy('first.out', { writeFormat: format });
      if (format === 1) await deployWorkingCopy('second.out', { writeFormat: 2 });
      return { detail: format === 1 ? 'deployed with writeFormat 1, then with 2' : 'deployed' };
    }),
    step('upgrade', ['data', 'deploy'], async () => {
      if (state.written === undefined) throw new AdminError('Nothing was written.');
      await stillThere(stackIn(state.outputs), state.written);
      return { detail: 'what was written before is there, and its subscription gets new events' };
    }),
    step('mappings', ['deploy'], async () => {
      const queues = await oneMappingEach(stackIn(state.outputs), region);
      return { detail: `each of ${queues} queues has one event source mapping` };
    }),
    step('smoke', ['deploy'], () =>
      smoke(programs, WORKING_COPY, state.outputs ?? '', stage, requiredChecks),
    ),
    // The smoke test has gone through the console's URL, which is that of the domain.
    ...EDGE_CHECKS.map((name) =>
      step(name, ['smoke'], async () => ({ detail: 'a check of the smoke test' })),
    ),
    step('domain', ['smoke'], async () => {
      const { domain } = options.settings;
      if (domain === undefined) throw new Skipped('no --domain');
      const { consoleUrl = '' } = stackIn(state.outputs);
      if (new URL(consoleUrl).hostname !== domain.name)
        throw new AdminError(`The console is at ${consoleUrl}, not at ${domain.name}.`);
      return { detail: `the console and the API were used at ${domain.name}` };
    }),
    step('load', ['smoke'], async () => {
      const found = await load(stackIn(state.outputs), events, signal);
      state.writtenAt = new Date();
      return found;
    }),
    step('second region', ['deploy'], async () => {
      if (secondRegion === undefined) throw new Skipped('no --second-region');
      const { assembly } = state;
      // A name belongs to one distribution.
      const isOwn = assembly === undefined || options.settings.domain !== undefined;
      const outputs = await deployHere(
        isOwn ? await synthesizeHere('second-region.out', { domain: undefined }) : assembly,
        secondRegion,
      );
      return smoke(programs, WORKING_COPY, outputs, stage, requiredChecks);
    }),
    step('restore', ['load'], async () => {
      const stack = stackIn(state.outputs);
      return restore(programs, {
        ...{ stack, outputs: state.outputs ?? '', from: state.writtenAt ?? new Date() },
        ...{ signal, pollMs: place.pollMs },
      });
    }),
  ];
  return { steps, close: async () => state.release?.remove() };
}
