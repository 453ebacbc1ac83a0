import { SQSClient } from '@aws-sdk/client-sqs';
import { deliveryQueue } from '../core/adapters/sqs/delivery-queue.ts';
import { messageQueue } from '../core/adapters/sqs/message-queue.ts';
import { pumpQueue } from '../core/adapters/sqs/pump-queue.ts';
import { receiptsOf } from '../core/adapters/sqs/receipts.ts';
import { claimChecked } from '../core/claim-check/claim-check.ts';
import { ENV } from '../core/contract.ts';
import type { LargeBodies } from '../core/ports/large-bodies.ts';
import type { Logger } from '../core/ports/logger.ts';
import type { DeliveryQueue, MessageQueue, PumpQueue } from '../core/ports/message-queue.ts';
import type { Receipts } from '../core/ports/receipts.ts';
import { required, writeFormat } from './environment.ts';

const sqs = new SQSClient({});

/**
 * Open the receipts of batches. Their queues are known by their ARNs, whose URLs differ in the name alone from that of another queue
 * of the stack.
 */
export function openReceiptsBeside(variable: string, log: Logger) {
  const beside = required(variable);
  return (queueArn: string, handles: ReadonlyMap<string, string>): Receipts => {
    const queueUrl = beside.replace(/[^/]*$/, queueArn.split(':').at(-1) ?? '');
    return receiptsOf(sqs, queueUrl, handles, log);
  };
}

/** Open the queue whose URL is in a variable. */
export const openQueue = (variable: string, log: Logger): MessageQueue =>
  messageQueue(sqs, required(variable), log);

/**
 * Open the queue on which our functions send messages to fan-out. With format 1 it is the events queue, because version 0.1
 * reads no other.
 */
export const openInternalQueue = (log: Logger): MessageQueue =>
  openQueue(writeFormat() === 1 ? ENV.eventsQueueUrl : ENV.internalQueueUrl, log);

/** Open the same queue for messages of any size, which version 0.1 cannot read. */
export const openInternalQueueFor = (log: Logger, bodies: LargeBodies): MessageQueue =>
  writeFormat() === 1 ? openInternalQueue(log) : claimChecked(openInternalQueue(log), bodies, log);

/** Return the name of the queue whose URL is in a variable. */
export const queueName = (variable: string): string => required(variable).split('/').at(-1) ?? '';

export const openDeliveryQueue = (variable: string, log: Logger): DeliveryQueue =>
  deliveryQueue(openQueue(variable, log));

export const openPumpQueue = (variable: string, log: Logger): PumpQueue =>
  pumpQueue(openQueue(variable, log));
