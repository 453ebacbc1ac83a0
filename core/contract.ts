/**
 * The names that the infrastructure and the functions must agree on. A construct sets what a composition root
 * reads, so each name is spelt here and nowhere else.
 */

/** Environment variables of the functions. */
export const ENV = {
  tableName: 'TABLE_NAME',
  eventsQueueUrl: 'EVENTS_QUEUE_URL',
  eventsDeadLetterQueueUrl: 'EVENTS_DEAD_LETTER_QUEUE_URL',
  deliveriesQueueUrl: 'DELIVERIES_QUEUE_URL',
  retriesQueueUrl: 'RETRIES_QUEUE_URL',
  /** JSON of {@link DestinationPolicy}: which hook URLs a stage allows. */
  destinationPolicy: 'DESTINATION_POLICY',
  /** What no other stack has: seals the cursors of lists, and what is kept of creations. */
  stackKey: 'STACK_KEY',
  /** Days that a new project keeps its events, unless it says otherwise. */
  retentionDays: 'RETENTION_DAYS',
  /** Project of queue messages that name none, such as EventBridge events; unset where there is no such project. */
  defaultProject: 'DEFAULT_PROJECT',
  /** The stage's name: a dimension of every metric. */
  stage: 'STAGE',
} as const;

export const METRICS_NAMESPACE = 'Ancrage';

/**
 * What each function measures, with CloudWatch's units. Their dimensions are `service` and `stage` and nothing else: each
 * metric costs $0.30 a month for as long as it is written, and one for each project would cost it for each project.
 */
export const METRICS = {
  'fan-out': {
    EventsAccepted: 'Count',
    /** Brought by another message before. */
    EventsRepeated: 'Count',
    /** In the dead-letter queue, with a reason. */
    EventsSetAside: 'Count',
    DeliveriesCreated: 'Count',
    /** Not handled for a fault of ours: they come again. Lambda's own `Errors` has none of them. */
    MessagesFailed: 'Count',
  },
  deliver: {
    AttemptsSucceeded: 'Count',
    AttemptsFailed: 'Count',
    AttemptDuration: 'Milliseconds',
    /** From the acceptance of an event to the end of the first attempt of a delivery that did not have to be held. */
    FirstAttemptLatency: 'Milliseconds',
    /** With a delay of SQS's. */
    RetriesQueued: 'Count',
    /** Retries that wait in the table. */
    RetriesParked: 'Count',
    /** Found due while a breaker was open. */
    DeliveriesHeld: 'Count',
    DeliveriesExhausted: 'Count',
    BreakersOpened: 'Count',
    /** Two minutes after the endpoint answered again, and nothing was left to drain. */
    BreakersEnded: 'Count',
    SubscriptionsDisabled: 'Count',
    /** Made, and missing in the request log. */
    AttemptsUnrecorded: 'Count',
    MessagesFailed: 'Count',
  },
  sweep: {
    /** Every part of the due index was looked at. */
    SweepsCompleted: 'Count',
    DueWorkMoved: 'Count',
    /** By how much the oldest due item was late. */
    DueWorkLag: 'Seconds',
  },
} as const;

type MetricsOf<Service> = Service extends keyof typeof METRICS ? keyof (typeof METRICS)[Service] : never;
export type MetricName = MetricsOf<keyof typeof METRICS>;

/** Attributes that the table's keys, indexes and TTL are made of. */
export const ATTRIBUTE = {
  partitionKey: 'pk',
  sortKey: 'sk',
  duePartitionKey: 'duePk',
  dueSortKey: 'dueAt',
  logPartitionKey: 'logPk',
  logSortKey: 'logSk',
  timeToLive: 'expiresAt',
} as const;

/** `due`: parked deliveries by the time they fall due. `log`: attempts of a subscription, events of a project. */
export const INDEX = { due: 'due', log: 'log' } as const;

/** What the `log` index carries besides the keys: an attempt in full, and of an event what its list shows. */
export const LOG_INDEX_ATTRIBUTES = [
  'id',
  'type',
  'time',
  'suppress',
  'eventId',
  'eventType',
  'subscriptionId',
  'number',
  'trigger',
  'at',
  'durationMs',
  'outcome',
  'error',
  'detail',
  'exchange',
  'attempts',
  'events',
  'nextAttemptAt',
  'expiresAt',
] as const;

/** Which hook URLs are allowed. Production allows public https; local development says otherwise here. */
export interface DestinationPolicy {
  /** Plain `http:` besides `https:`. */
  readonly allowHttp: boolean;
  /** Loopback addresses, on any port. */
  readonly allowLoopback: boolean;
  /** First and last of each range of ports. */
  readonly allowedPorts: readonly (readonly [number, number])[];
}

/** Where nothing else is said: public https, on its own port or one that needs no privileges. */
export const PUBLIC_DESTINATIONS: DestinationPolicy = {
  allowHttp: false,
  allowLoopback: false,
  allowedPorts: [
    [443, 443],
    [1024, 65535],
  ],
};

/** An HTTP route's authorizer passes this to the function behind it (payload format 2.0, `authorizer.lambda`). */
export interface AuthorizerContext {
  readonly keyId?: string;
  readonly project?: string;
  /** Space-delimited. */
  readonly scopes?: string;
  /** Set where the bearer could not be looked up at all. */
  readonly unavailable?: string;
}

/** After so many receives a message is our fault, not an endpoint's (those are acknowledged), and is set aside. */
export const MAX_RECEIVES = 5;

/**
 * Receives after which SQS itself moves a message of the events queue: as many as it allows. Fan-out sets messages aside
 * with the id by which they are known; one that SQS moved would be taken for a repetition when it is redriven.
 */
export const MAX_EVENT_RECEIVES = 1000;

/** The queues that functions work off. */
export const LANES = ['events', 'deliveries', 'retries'] as const;

/** The largest Lambda batch that a lane takes. */
export const BATCH_SIZE = { events: 10, deliveries: 10, retries: 10 } as const;
