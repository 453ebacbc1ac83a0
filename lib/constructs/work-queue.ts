import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { MAX_RECEIVES } from '../../core/contract.ts';
import type { AncrageFunction } from './ancrage-function.ts';

export interface WorkQueueProps {
  /** Timeout of the function that works the queue off. */
  readonly workerTimeout: Duration;
  /** @default {@link MAX_RECEIVES} */
  readonly maxReceives?: number;
}

export interface WorkerProps {
  readonly batchSize: number;
  /** Most copies of the worker that this queue may run at once. */
  readonly concurrency: number;
}

const RETENTION = Duration.days(14);

/** A queue with its dead-letter queue. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: RETENTION };
    this.deadLetterQueue = new Queue(this, 'DeadLetterQueue', common);
    this.queue = new Queue(this, 'Queue', {
      ...common,
      // AWS asks for six times the function's timeout, so that a throttled batch is not handed out twice:
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      visibilityTimeout: Duration.seconds(6 * props.workerTimeout.toSeconds()),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: props.maxReceives ?? MAX_RECEIVES },
    });
  }

  /** Has a function work the queue off. */
  addWorker(fn: AncrageFunction, props: WorkerProps): void {
    // Just what Lambda's pollers need: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    fn.allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], this.queue.queueArn);
    fn.addEventSourceMapping(`Works${this.node.id}`, {
      eventSourceArn: this.queue.queueArn,
      batchSize: props.batchSize,
      maxConcurrency: props.concurrency,
      reportBatchItemFailures: true,
    });
  }

  /** Lets rules of EventBridge and topics of SNS in this account send to the queue; their own policies say which do. */
  allowAwsPublishers(): void {
    const account = Stack.of(this).account;
    this.queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com'), new ServicePrincipal('sns.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
  }

  /** Lets a function send to the queue, and tells it the queue's URL under this name. */
  grantSend(fn: AncrageFunction, environmentName: string): void {
    fn.addEnvironment(environmentName, this.queue.queueUrl);
    fn.allow(['sqs:SendMessage'], this.queue.queueArn);
  }

  /** Lets a function put what can never be processed aside at once, with a reason. */
  grantSendToDeadLetterQueue(fn: AncrageFunction, environmentName: string): void {
    fn.addEnvironment(environmentName, this.deadLetterQueue.queueUrl);
    fn.allow(['sqs:SendMessage'], this.deadLetterQueue.queueArn);
  }
}
