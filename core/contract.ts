/**
 * Names that the infrastructure and the functions must agree on. Constructs set what composition roots read, so each name is
 * spelt here and nowhere else.
 */

/** Environment variables of the functions. */
export const ENV = {
  tableName: 'TABLE_NAME',
  eventsQueueUrl: 'EVENTS_QUEUE_URL',
  eventsDeadLetterQueueUrl: 'EVENTS_DEAD_LETTER_QUEUE_URL',
  internalQueueUrl: 'INTERNAL_QUEUE_URL',
  internalDeadLetterQueueUrl: 'INTERNAL_DEAD_LETTER_QUEUE_URL',
  deliveriesQueueUrl: 'DELIVERIES_QUEUE_URL',
  retriesQueueUrl: 'RETRIES_QUEUE_URL',
  pumpsQueueUrl: 'PUMPS_QUEUE_URL',
  /** The bucket of what neither a message nor an item can hold. */
  largeBodiesBucket: 'LARGE_BODIES_BUCKET',
  /** The stage's {@link DestinationPolicy} as JSON. */
  destinationPolicy: 'DESTINATION_POLICY',
  /** The unique ids of the roles whose messages fan-out trusts, `AROA…`, separated by commas. */
  ownRoleIds: 'OWN_ROLE_IDS',
  /** A key unique to the stack. It seals the cursors of lists, the records of idempotent creations and dead letters. */
  stackKey: 'STACK_KEY',
  /** For how many days a new project keeps its events by default. */
  retentionDays: 'RETENTION_DAYS',
  /** How many subscriptions a project may have. */
  maxSubscriptionsPerProject: 'MAX_SUBSCRIPTIONS_PER_PROJECT',
  /** The project of queue messages that name none, such as EventBridge events. Unset if the stage has no such project. */
  defaultProject: 'DEFAULT_PROJECT',
  /** The stage's {@link ProjectLimits} as JSON. */
  projectLimits: 'PROJECT_LIMITS',
  /** The formats of items and messages that the stage writes, `1` or `2` (`AncrageSettings.writeFormat`). */
  writeFormat: 'WRITE_FORMAT',
  /** The stage's name, which is a dimension of every metric. */
  stage: 'STAGE',
  /** ARN of the secret with the values of {@link ORIGIN_HEADER}. Unset if the API takes requests from anywhere. */
  originSecretArn: 'ORIGIN_SECRET_ARN',
  /** The stage's {@link OtlpSettings} as JSON, of the {@link TRACED_FUNCTIONS}. Unset if they record no spans. */
  otlp: 'OTLP',
  /** The host that clients use, if it is not the one that the gateway sees. */
  publicHost: 'PUBLIC_HOST',
} as const;

/**
 * The header with which CloudFront proves to the API that a request came through it, with `apiOnlyBehindCloudFront`. It replaces
 * a header of this name that a client sends.
 */
export const ORIGIN_HEADER = 'x-ancrage-origin';

/** Where spans go, and which of the traces that begin here are recorded. */
export interface OtlpSettings {
  /** The base URL of OTLP over HTTP: spans are posted to `/v1/traces` below it. */
  readonly otlpEndpoint: string;
  /** 0 to 1. Traces of publishers are recorded if their `sampled` flag is set. */
  readonly sampleRatio: number;
}

/** The functions that record spans, and whose bundles have OpenTelemetry's SDK in a stage with spans. */
export const TRACED_FUNCTIONS: readonly string[] = ['publish', 'fan-out', 'deliver', 'pump'];

export const METRICS_NAMESPACE = 'Ancrage';

/**
 * The metrics of each function, with CloudWatch's units. `service` and `stage` are the only dimensions: a metric costs $0.30
 * a month while it is written, and a project dimension would multiply that by the number of projects.
 */
export const METRICS = {
  publish: {
    /** Events that were refused because their project publishes more than it may. */
    EventsRefused: 'Count',
    /** Requests that got a 5xx. Lambda's own `Errors` does not count them. */
    RequestsFailed: 'Count',
  },
  'fan-out': {
    EventsAccepted: 'Count',
    /** Events from the queue that wait because their project publishes more than it may. */
    EventsHeldBack: 'Count',
    /** Events that another message had brought before. */
    EventsRepeated: 'Count',
    /** Messages moved to the dead-letter queue with a reason. */
    EventsSetAside: 'Count',
    DeliveriesCreated: 'Count',
    /** Messages that will be received again because of a fault in Ancrage. Lambda's own `Errors` does not count them. */
    MessagesFailed: 'Count',
  },
  /** Also of the pump: which of them makes an attempt is of no interest to its reader. */
  deliver: {
    AttemptsSucceeded: 'Count',
    AttemptsFailed: 'Count',
    AttemptDuration: 'Milliseconds',
    /** From the acceptance of an event to the end of its delivery's first attempt, if its endpoint is direct. */
    FirstAttemptLatency: 'Milliseconds',
    RetriesScheduled: 'Count',
    /** Deliveries that went to the mailbox because their endpoint is not direct. */
    DeliveriesHeld: 'Count',
    /** Deliveries of strictly ordered subscriptions that arrived too late to be certain of their place. */
    OrderedDeliveriesLate: 'Count',
    DeliveriesExhausted: 'Count',
    /** Changes of an endpoint's mode, by the new one. */
    EndpointsDirect: 'Count',
    EndpointsPaced: 'Count',
    EndpointsPaused: 'Count',
    ProbesFailed: 'Count',
    SubscriptionsDisabled: 'Count',
    /** Attempts that were made but are missing in the request log. */
    AttemptsUnrecorded: 'Count',
    /** Attempts that are missing only in the lists of their projects' attempts. */
    AttemptsUnlisted: 'Count',
    MessagesFailed: 'Count',
  },
  sweep: {
    /** Sweeps that read every shard of the due index and were refused nothing. */
    SweepsCompleted: 'Count',
    DueWorkMoved: 'Count',
    /** How late the oldest due item was. */
    DueWorkLag: 'Seconds',
  },
} as const;

/** The metrics about faults of ours, which a function with versions also writes by `version`: they end a canary. */
export const FAULTS = {
  publish: 'RequestsFailed',
  'fan-out': 'MessagesFailed',
  deliver: 'MessagesFailed',
} as const satisfies { [Service in keyof typeof METRICS]?: keyof (typeof METRICS)[Service] };

type MetricsOf<Service> = Service extends keyof typeof METRICS ? keyof (typeof METRICS)[Service] : never;
export type MetricName = MetricsOf<keyof typeof METRICS>;

/** The attributes that make up the table's keys, indexes and TTL. */
export const ATTRIBUTE = {
  partitionKey: 'pk',
  sortKey: 'sk',
  duePartitionKey: 'duePk',
  dueSortKey: 'dueAt',
  logPartitionKey: 'logPk',
  logSortKey: 'logSk',
  timeToLive: 'expiresAt',
} as const;

/** `due` has due work by its due time, `log` the attempts of a subscription and the events of a project by time. */
export const INDEX = { due: 'due', log: 'log' } as const;

/** The attributes that the `log` index projects besides the keys: an attempt in full, and an event as its list shows it. */
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

/**
 * The bucket of large bodies deletes what lies under a prefix after a number of days. An event lies under the shortest that is
 * not shorter than its retention: until it is deleted, nobody reads it, because reads obey the item's own end.
 */
export const EVENT_BODY_DAYS = [7, 30, 90, 365, 1095, 3650] as const;

/** A message lives for 14 days in its queue, 14 in a dead-letter queue, and as long again after each of two redrives. */
export const MESSAGE_BODY_DAYS = 60;

export const EVENT_BODY_PREFIX = 'events/';
export const MESSAGE_BODY_PREFIX = 'messages/';

export const eventBodyPrefix = (days: (typeof EVENT_BODY_DAYS)[number]): string =>
  `${EVENT_BODY_PREFIX}${days}-days/`;

/** The hook URLs that a stage allows. Production allows public https only; local development allows more. */
export interface DestinationPolicy {
  /** Whether plain `http:` is allowed besides `https:`. */
  readonly allowHttp: boolean;
  /** Whether loopback addresses are allowed, on any port. */
  readonly allowLoopback: boolean;
  /** The first and last port of each allowed range. */
  readonly allowedPorts: readonly (readonly [number, number])[];
  /** Ranges of private addresses, such as `10.20.0.0/16`, that are allowed besides public ones. @default none */
  readonly privateReceivers?: readonly string[];
}

/** The default policy: public https on port 443 or on an unprivileged port. */
export const PUBLIC_DESTINATIONS: DestinationPolicy = {
  allowHttp: false,
  allowLoopback: false,
  allowedPorts: [
    [443, 443],
    [1024, 65535],
  ],
};

/** The formats of items and messages that a stage writes (`AncrageSettings.writeFormat`). */
export type WriteFormat = 1 | 2;

/** Limits are given in megabytes, and counted in bytes. */
export const BYTES_PER_MEGABYTE = 1_000_000;

/** What one project may use of a stage (`AncrageSettings.projectLimits`). */
export interface ProjectLimits {
  readonly eventsPerSecond: number;
  /** How many events may arrive at once after a quiet time. */
  readonly burst: number;
  readonly megabytesPerDay: number;
  /** How much of the request log is kept in full. */
  readonly loggedMegabytesPerDay: number;
  readonly keys: number;
  readonly eventTypes: number;
  /** Test requests that may be open at once. */
  readonly tests: number;
  /** Replays that may run at once. */
  readonly jobs: number;
}

/** The context that the authorizer passes to the function behind a route (payload format 2.0, `authorizer.lambda`). */
export interface AuthorizerContext {
  readonly keyId?: string;
  readonly project?: string;
  /** Space-delimited. */
  readonly scopes?: string;
  /** The generation of the project that the key was made for, if it has one. */
  readonly generation?: string;
  /** Set if the key's project was deleted. */
  readonly projectIsGone?: string;
  /** Set if the bearer could not be looked up. */
  readonly unavailable?: string;
  /** Set if the request did not come through CloudFront although it must. Nothing else is set then. */
  readonly isOutside?: string;
}

/**
 * After this many receives a message is dead-lettered: it cannot be understood, or kills its worker. Neither an endpoint nor a
 * fault of ours can cause that, see `core/receive`.
 */
export const MAX_RECEIVES = 10;

/**
 * The receives after which SQS itself dead-letters a message that fan-out works on: the maximum that it allows. Fan-out
 * dead-letters messages together with their first id; without that id, a redriven message would be taken for a duplicate.
 */
export const MAX_EVENT_RECEIVES = 1000;

/** The queues that functions consume. */
export const LANES = ['events', 'internal', 'deliveries', 'retries', 'pumps'] as const;

/** The largest number of records that a function receives from each queue at once. */
export const BATCH_SIZE = { events: 10, internal: 10, deliveries: 10, retries: 10, pumps: 10 } as const;
