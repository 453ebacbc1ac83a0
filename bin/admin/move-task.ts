import { setTimeout as sleep } from 'node:timers/promises';
import {
  ListMessageMoveTasksCommand,
  type ListMessageMoveTasksResultEntry,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { AdminError } from './errors.ts';
import type { Progress } from './progress.ts';
import { readArn } from './queue-depths.ts';

export interface Move {
  readonly sqs: SQSClient;
  /** URL of the dead-letter queue. */
  readonly from: string;
  readonly to: string;
  /** Messages a second. */
  readonly rate: number | undefined;
  readonly progress: Progress;
}

export interface Moved {
  readonly moved: number;
  readonly toMove: number;
}

type Task = ListMessageMoveTasksResultEntry;

const POLL_MS = 1000;
/** A task that has been started shows within seconds. */
const SHOWS_WITHIN_POLLS = 60;

/**
 * Has SQS move the messages, and follows its task to the end. There is one task for a queue at a time: one that runs
 * already is followed.
 */
export async function runMoveTask({ sqs, from, to, rate, progress }: Move): Promise<Moved> {
  const [SourceArn, DestinationArn] = await Promise.all([readArn(sqs, from), readArn(sqs, to)]);
  const latest = async (): Promise<Task | undefined> => {
    const { Results } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 }));
    return Results?.[0];
  };
  const before = await latest();
  const follows = before?.Status === 'RUNNING';
  if (follows) {
    console.error('A redrive of this queue is running already: it is followed, at its own rate.');
  } else {
    // With a destination: fan-out itself sends to the dead-letter queue, and SQS knows no origin of what was sent there.
    await sqs.send(
      new StartMessageMoveTaskCommand({
        SourceArn,
        DestinationArn,
        ...(rate !== undefined && { MaxNumberOfMessagesPerSecond: rate }),
      }),
    );
  }
  for (let unseen = 0; unseen < SHOWS_WITHIN_POLLS; ) {
    const task = await latest();
    // Handles are told of running tasks alone, so the start tells a new task from the one before it.
    const isOurs = task !== undefined && (follows || task.StartedTimestamp !== before?.StartedTimestamp);
    if (isOurs) {
      const {
        ApproximateNumberOfMessagesMoved: moved = 0,
        ApproximateNumberOfMessagesToMove: toMove = moved,
      } = task;
      progress.update(moved, toMove);
      if (hasCompleted(task)) return { moved, toMove };
    } else {
      unseen++;
    }
    await sleep(POLL_MS);
  }
  throw new AdminError('The redrive was started and SQS does not show it: look at the queue in the console.');
}

/** @throws AdminError if the task has ended otherwise */
function hasCompleted({ Status, FailureReason, ApproximateNumberOfMessagesMoved: moved = 0 }: Task): boolean {
  switch (Status) {
    case 'COMPLETED':
      return true;
    case 'RUNNING':
    case 'CANCELLING':
      return false;
    default:
      throw new AdminError(
        `The redrive is ${Status} after ${moved} messages: ${FailureReason ?? 'no reason told'}.`,
      );
  }
}
