import { SQSClient } from '@aws-sdk/client-sqs';
import { deliveryQueue } from '../core/adapters/sqs/delivery-queue.ts';
import { messageQueue } from '../core/adapters/sqs/message-queue.ts';
import { pumpQueue } from '../core/adapters/sqs/pump-queue.ts';
import type { Logger } from '../core/ports/logger.ts';
import type { DeliveryQueue, MessageQueue, PumpQueue } from '../core/ports/message-queue.ts';
import { required } from './environment.ts';

const sqs = new SQSClient({});

/** Open the queue whose URL is in a variable. */
export const openQueue = (variable: string, log: Logger): MessageQueue =>
  messageQueue(sqs, required(variable), log);

export const openDeliveryQueue = (variable: string, log: Logger): DeliveryQueue =>
  deliveryQueue(openQueue(variable, log));

export const openPumpQueue = (variable: string, log: Logger): PumpQueue =>
  pumpQueue(openQueue(variable, log));
