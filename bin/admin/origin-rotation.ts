import { ORIGIN_SECRET_MAX_AGE_MS } from '../../core/auth/origin-check.ts';
import { newOriginValue, type OriginSecret } from '../../core/model/origin-secret.ts';

export interface OriginRotationPorts {
  readonly secret: {
    read(): Promise<OriginSecret>;
    write(secret: OriginSecret): Promise<void>;
  };
  readonly distribution: {
    /** Return the header's value in the latest configuration, deployed or not. */
    value(): Promise<string>;
    /** Change the header's value. */
    send(value: string): Promise<void>;
    /** Wait until every edge has the latest configuration. */
    deployed(): Promise<void>;
  };
  readonly wait: (ms: number) => Promise<unknown>;
  readonly report: (line: string) => void;
}

/** Until every copy of a function knows a change of the secret, with time for the change itself. */
const KNOWN_AFTER_MS = ORIGIN_SECRET_MAX_AGE_MS + 10_000;

/**
 * Replace the origin secret without refusing a request: add a value, have the distribution send it, remove the former one. The
 * secret says how far a rotation has come, so that an interrupted one is finished by the next run, which then adds no value.
 *
 * `current` changes before the distribution does: a deployment that runs meanwhile sets what stays valid.
 */
export async function rotateOriginSecret(ports: OriginRotationPorts): Promise<void> {
  const { secret, report, wait } = ports;
  let state = await secret.read();
  // Somebody has changed the one or the other by hand: the API refuses everything until they agree.
  const sent = await ports.distribution.value();
  if (![state.current, state.next, state.previous].includes(sent)) {
    report('The distribution sends a value that is not valid.');
    await propagate(ports, state.current);
  }
  if (state.previous === undefined) {
    if (state.next === undefined) {
      state = { current: state.current, next: newOriginValue() };
      await secret.write(state);
      report('Added a second value.');
    } else report('Continuing an interrupted rotation: the second value is there.');
    report('Waiting until all functions accept it …');
    await wait(KNOWN_AFTER_MS);
    state = { current: state.next as string, previous: state.current };
    await secret.write(state);
  } else report('Continuing an interrupted rotation: the former value is still valid.');
  // A deployment that began before the last write may set the former value once more.
  do await propagate(ports, state.current);
  while ((await ports.distribution.value()) !== state.current);
  await secret.write({ current: state.current });
  report('Removed the former value. Functions reject it within a minute.');
}

async function propagate({ distribution, report }: OriginRotationPorts, value: string): Promise<void> {
  if ((await distribution.value()) !== value) await distribution.send(value);
  report('Waiting until every edge of the distribution sends the new value …');
  await distribution.deployed();
}
