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
  /** Maximum rate in messages per second; SQS chooses one by default. */
  readonly rate: number | undefined;
  readonly progress: Progress;
}

export interface Moved {
  readonly moved: number;
  readonly toMove: number;
}

type Task = ListMessageMoveTasksResultEntry;

const POLL_MS = 1000;
/** A started task is listed within seconds. */
const MAX_POLLS_UNTIL_LISTED = 60;

/**
 * Start a move task of SQS and follow it to its end. A queue can have only one task at a time, so follow the running
 * task if there is one.
 */
export async function runMoveTask({ sqs, from, to, rate, progress }: Move): Promise<Moved> {
  const [SourceArn, DestinationArn] = await Promise.all([readArn(sqs, from), readArn(sqs, to)]);
  const latest = async (): Promise<Task | undefined> => {
    const { Results } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 }));
    return Results?.[0];
  };
  const before = await latest();
  const isRunning = before?.Status === 'RUNNING';
  if (isRunning) {
    console.error('A redrive of this queue is already running: following it at its own rate.');
  } else {
    // Name the destination, because SQS knows no source queue for messages that fan-out itself dead-lettered.
    await sqs.send(
      new StartMessageMoveTaskCommand({
        SourceArn,
        DestinationArn,
        ...(rate !== undefined && { MaxNumberOfMessagesPerSecond: rate }),
      }),
    );
  }
  for (let unseen = 0; unseen < MAX_POLLS_UNTIL_LISTED; ) {
    const task = await latest();
    // SQS returns task handles only for running tasks, so the start time distinguishes the new task from the former
    // one.
    const isOurs = task !== undefined && (isRunning || task.StartedTimestamp !== before?.StartedTimestamp);
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
  throw new AdminError(
    'The redrive was started, but SQS does not list it: check the queue in the AWS console.',
  );
}

/** @throws AdminError if the task has failed or was cancelled */
function hasCompleted({ Status, FailureReason, ApproximateNumberOfMessagesMoved: moved = 0 }: Task): boolean {
  switch (Status) {
    case 'COMPLETED':
      return true;
    case 'RUNNING':
    case 'CANCELLING':
      return false;
    default:
      throw new AdminError(
        `The redrive is ${Status} after ${moved} messages: ${FailureReason ?? 'SQS gives no reason'}.`,
      );
  }
}
