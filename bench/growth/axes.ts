import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { mailbox } from '../../core/adapters/dynamodb/mailbox.ts';
import { attemptRecord, waitingRecord } from '../../test/support/records.ts';
import type { Axis } from './axis.ts';
import {
  createProject,
  createProjectWithOne,
  inMonths,
  iso,
  PROJECT,
  SUBSCRIPTION,
  subscribe,
} from './project.ts';
import { page, pipeline, sweeps } from './steps.ts';

/** Number of event types over which subscriptions without a match are spread. */
const OTHER_TYPES = 1000;
/** More items than a page of any list contains. */
const PAGE = 100;

const one = () => 1;
const all = (size: number) => size;

export interface Extent {
  /** The largest size of all axes except the subscribers of an event. */
  readonly most: number;
  readonly subscribers: number;
  /** Minimum number of deliveries per round. */
  readonly deliveries: number;
}

export const axes = ({ most, subscribers, deliveries }: Extent): readonly Axis[] => {
  const upTo = (limit: number, sizes: readonly number[]) => [
    ...new Set(sizes.filter((size) => size <= limit)),
  ];
  return [
    {
      title: 'Subscriptions of the project',
      name: 'subscriptions',
      across: 'subscriptions that do not match the event',
      sizes: upTo(most, [10, 1000, most]),
      reference: 10,
      perEvent: one,
      async load(table, size, url) {
        await createProjectWithOne(table, url);
        await subscribe(table, url, size, (n) => ({
          id: `sub_other${n}`,
          events: [`other.t${n % OTHER_TYPES}`],
        }));
      },
      steps: pipeline(one),
    },
    {
      title: 'Subscribers of an event',
      name: 'subscribers',
      across: 'subscriptions that match the event',
      sizes: upTo(subscribers, [1, 10, 100, 1000, 10_000]),
      reference: 100,
      perEvent: all,
      async load(table, size, url) {
        await createProject(table, url);
        // No subscription gets two events of a round, so that each delivery looks up a subscription at every size.
        await subscribe(table, url, Math.ceil(deliveries / size) * size, (n) => ({
          id: `sub_${n}`,
          events: [`load.t${Math.floor(n / size)}`],
        }));
      },
      steps: pipeline(all),
    },
    {
      title: 'Waiting deliveries',
      name: 'waiting',
      across: 'deliveries in the mailbox, none of them due',
      sizes: upTo(most, [0, PAGE, most]),
      reference: PAGE,
      perEvent: one,
      async load(table, size, url) {
        await createProjectWithOne(table, url);
        const waiting = Array.from({ length: size }, (_, n) =>
          waitingRecord({
            project: PROJECT,
            subscriptionId: SUBSCRIPTION,
            number: 2,
            acceptedAt: iso(Date.now() - n),
            dueAt: inMonths() + n,
          }),
        );
        await mailbox(table).write(waiting);
      },
      steps: [...pipeline(one), ...sweeps, page('list a page', 'deliveries')],
    },
    {
      title: 'Request log',
      name: 'log',
      across: 'attempts of the subscription in the request log',
      sizes: upTo(most, [0, PAGE, most]),
      reference: PAGE,
      perEvent: one,
      async load(table, size, url) {
        await createProjectWithOne(table, url);
        const log = attemptLog(table);
        for (let n = 0; n < size; n++)
          await log.record([
            attemptRecord({
              project: PROJECT,
              subscriptionId: SUBSCRIPTION,
              eventId: `evt_before${n}`,
              at: iso(Date.now() - n),
              expiresAt: inMonths(),
            }),
          ]);
      },
      steps: [...pipeline(one), page('read a page', 'attempts')],
    },
  ];
};
