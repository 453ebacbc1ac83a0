/** How a lane scales: up to a maximum concurrency, or with provisioned pollers. */
export type Lane =
  | {
      /** Maximum number of concurrent invocations for the lane's queue, 2 to 1000. */
      readonly maxConcurrency: number;
    }
  | {
      /**
       * Provisioned pollers, for lanes that must scale up quickly after idle times. Each costs money by the hour. AWS
       * does not allow pollers together with a maximum concurrency.
       */
      readonly pollers: {
        /** 2 to 200. */
        readonly minimum: number;
        /** 2 to 2000. */
        readonly maximum: number;
      };
    };

/** Capacity units per second, for the table and for each of its indexes. */
interface Capacity {
  /** 1 to 40000. */
  readonly minimum: number;
  /** Up to 40000, which is the default quota of a table. */
  readonly maximum: number;
}

/** A custom domain. */
export interface DomainSettings {
  /** Domain name, such as `webhooks.example.com`. */
  readonly name: string;
  /** ARN of an ACM certificate for the name: in us-east-1 for `domain`, in the stack's region for `apiDomain`. */
  readonly certificateArn: string;
  /**
   * The Route 53 hosted zone in which the stack creates the DNS records.
   *
   * @default none; create the records yourself from the stack's outputs
   */
  readonly hostedZone?: {
    readonly id: string;
    /** Zone name, such as `example.com`. */
    readonly name: string;
  };
}

/** The settings of a stage. All except `stage` have a default. */
export interface AncrageSettings {
  /**
   * Name of the stage, which is part of the names of log groups, alarms and the dashboard. It must be unique in the
   * account and region. 1 to 20 lower-case letters, digits and hyphens, starting with a letter.
   */
  readonly stage: string;
  /**
   * Project of messages on the events queue that do not name one, such as EventBridge events.
   *
   * @default none; such messages are dead-lettered
   */
  readonly defaultProject?: string;
  /**
   * Days for which new projects keep events and attempts, 7 to 3650. A project can override it.
   *
   * @default 30
   */
  readonly retentionDays?: number;
  /**
   * How many subscriptions a project may have, 1 to 1000000. Lowering it removes none.
   *
   * @default 10000
   */
  readonly maxSubscriptionsPerProject?: number;
  /**
   * What one project may use. Above `eventsPerSecond` (1 to 100000) and `burst` (100 to 1000000), and beyond
   * `megabytesPerDay` (1 to 10000000, a day of UTC), publishing over HTTPS is a 429, and events from the queue wait. Beyond
   * `loggedMegabytesPerDay` (0 to 1000000), the request log keeps no more than about 1 KB of each attempt. `keys` and
   * `eventTypes` (1 to 100000), `tests` (1 to 100) and `jobs` (1 to 1000) are how many API keys, event types, open test
   * requests and running replays it may have.
   *
   * @default 100 events per second, a burst of 5000, 10000 MB per day, 100 MB logged in full, 100 keys, 1000 event types, 5 tests, 20 jobs
   */
  readonly projectLimits?: {
    readonly eventsPerSecond?: number;
    readonly burst?: number;
    readonly megabytesPerDay?: number;
    readonly loggedMegabytesPerDay?: number;
    readonly keys?: number;
    readonly eventTypes?: number;
    readonly tests?: number;
    readonly jobs?: number;
  };
  /**
   * Which formats of items and messages the functions write: 1 for those of version 0.1, 2 for those that came with
   * version 0.2. The functions of 0.2 read both, those of 0.1 only the first. Set it to 2 at once for a new stage, and
   * after the upgrade for a stage that ran version 0.1, whose functions run beside the new ones for minutes.
   *
   * @default 1
   */
  readonly writeFormat?: 1 | 2;
  /**
   * Create a KMS key that protects the secrets in the table: signing secrets, headers, hook URLs, `exportKey` and the
   * request log (`docs/security.md`). It costs $1 a month. Without a key, they are only encrypted as everything else is.
   * Do not switch it off once the stage has encrypted secrets (`docs/upgrading.md`).
   *
   * @default the value of `retainData`; the stack creates none if `encryptionKeyArn` is set
   */
  readonly encryptionKey?: boolean;
  /**
   * ARN of a symmetric KMS key of your own, which replaces `encryptionKey` and also encrypts the table, all queues but the
   * events queue, the logs, the console's bucket and the alarm topic. Its policy must allow that (`docs/deploying.md`).
   *
   * @default none; AWS's keys encrypt them
   */
  readonly encryptionKeyArn?: string;
  /**
   * ARN of a symmetric KMS key of your own that encrypts the events queue. Each publisher then needs grants on the key
   * (`docs/publishing.md`).
   *
   * @default none; SQS's key encrypts it
   */
  readonly eventsQueueKeyArn?: string;
  /**
   * Keep the table, the queues and the logs when the stack is deleted, and protect the table from deletion.
   *
   * @default true, except for the stages `dev` and `local`
   */
  readonly retainData?: boolean;
  /**
   * Name of an existing table to use, such as one of a lost stack or one restored from a backup (`docs/upgrading.md`).
   * The stack then creates no table, and removes a table that it created before: kept with `retainData`, deleted
   * without.
   *
   * @default the stack creates a table
   */
  readonly tableName?: string;
  /**
   * Name of an existing bucket of large bodies to use, such as that of a lost stack, together with its table
   * (`docs/upgrading.md`). Its lifecycle rules and its protection are then up to you.
   *
   * @default the stack creates one
   */
  readonly largeBodiesBucketName?: string;
  /**
   * Enable point-in-time recovery: the table can be restored to any second of the last 35 days.
   *
   * @default the value of `retainData`
   */
  readonly pointInTimeRecovery?: boolean;
  /**
   * Export the whole table to a bucket of the stack every `everyDays` days (1 to 90), and delete an export after `keepDays` (1 to
   * 3650). Needs `pointInTimeRecovery`. `docs/data.md` says what it costs and how to read it.
   *
   * @default none; `{}` exports every 7 days, and keeps an export for 30
   */
  readonly exports?: { readonly everyDays?: number; readonly keepDays?: number };
  /**
   * Requests per second that the table can serve immediately, for example before a first campaign. You can raise the
   * values but never lower them, and pay once:
   * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html
   *
   * @default the values of a new table: 12000 reads, 4000 writes
   */
  readonly warmThroughput?: {
    readonly readUnitsPerSecond: number;
    readonly writeUnitsPerSecond: number;
  };
  /**
   * Provisioned capacity, billed by the hour whether used or not, for a steady load. Auto scaling keeps the utilisation
   * near 70 %, at which a write costs two fifths of the on-demand price. It takes minutes to react: requests above the
   * capacity are throttled meanwhile, so events wait in the queues and the API responds with 503.
   *
   * @default on demand: AWS bills each request, and nothing while idle
   */
  readonly provisionedCapacity?: {
    readonly reads: Capacity;
    readonly writes: Capacity;
  };
  /**
   * Scaling of the five lanes, which are separate so that none starves another. `events` has what publishers send to the
   * queue, `internal` what comes over HTTPS and the rest of wide events. A hook URL that hangs occupies an
   * instance of `deliveries` until its deadline, until it is known to be slow: the pumps, which see to endpoints that
   * are slow, fail or have limits, keep up to 200 requests open in one instance. `retries` has the deliveries of
   * events with more subscriptions than one step of fan-out takes: 500, fewer of a large event.
   *
   * @default maximum concurrency of 20, 20, 200, 50 and 50; 2 each in `dev`, because a new account may have 10 in all
   */
  readonly lanes?: {
    readonly events?: Lane;
    readonly internal?: Lane;
    readonly deliveries?: Lane;
    readonly retries?: Lane;
    readonly pumps?: Lane;
  };
  /**
   * Instances that other functions of the account cannot take: of the function that accepts events over HTTPS, and of the authorizer,
   * which every request passes. AWS keeps 100 of the account's concurrency unreserved. It also caps them.
   *
   * @default none
   */
  readonly reservedConcurrency?: {
    readonly publish?: number;
    readonly authorize?: number;
  };
  /**
   * Release new code of the functions publish, fan-out and deliver in two steps: for so many minutes (5 to 120) only a
   * percentage of the invocations (1 to 99) runs it, then all of them. Faults of Ancrage in the new code roll the whole stack back
   * (`docs/upgrading.md`).
   *
   * @default the value of `retainData`; true is 10 % for 10 minutes
   */
  readonly canary?:
    | boolean
    | {
        readonly percentage?: number;
        readonly minutes?: number;
      };
  /**
   * Ports that hook URLs may use: numbers, and ranges such as `8000-8999`.
   *
   * @default 443 and 1024-65535
   */
  readonly allowedPorts?: readonly (number | string)[];
  /**
   * Allow plain http and loopback addresses in hook URLs. The local stack needs this; never enable it in production.
   *
   * @default false
   */
  readonly allowLocalDestinations?: boolean;
  /**
   * Call hook URLs from fixed IP addresses, for receivers that allow only known addresses. The stack creates a network
   * with NAT gateways, which AWS bills by the hour and by the gigabyte (`docs/cost.md`).
   *
   * @default none; Lambda calls from changing AWS addresses
   */
  readonly fixedEgress?: {
    /** Number of NAT gateways, 1 to 3, each with its own address and availability zone. */
    readonly natGateways: number;
    /**
     * IPv4 range of the network, /16 to /18. It matters only if you peer the network with others.
     *
     * @default 10.0.0.0/16
     */
    readonly cidr?: string;
    /**
     * As many zones as gateways, such as `us-east-1a`. Some regions have a zone without NAT gateways, where the deployment fails.
     *
     * @default the first zones of the region
     */
    readonly availabilityZones?: readonly string[];
  };
  /**
   * Run the functions that call hook URLs in a VPC of yours, instead of `fixedEgress`: they reach what its routes reach, and
   * hook URLs may be in the private ranges that the settings list (`docs/deploying.md`). Nothing is looked up at synthesis.
   *
   * @default none; Lambda's own network
   */
  readonly network?: {
    readonly vpcId: string;
    /** Private subnets with a route to the internet, one in each zone. AWS calls the queues, and everybody's hook URLs, through it. */
    readonly subnetIds: readonly string[];
    /** @default a new group that lets everything out and nothing in */
    readonly securityGroupIds?: readonly string[];
    /**
     * Route tables of the subnets, in which the stack creates gateway endpoints for DynamoDB and S3. A table can have each only once.
     *
     * @default none; the VPC has endpoints already, or sends this traffic through NAT
     */
    readonly routeTableIds?: readonly string[];
    /**
     * Ranges of private addresses, such as `10.20.0.0/16`, in which hook URLs may be, for every project. Loopback, link-local
     * addresses and AWS's own services are refused whatever the ranges are.
     *
     * @default none
     */
    readonly privateReceivers?: readonly string[];
  };
  /**
   * Who may send to the events queue, and so publish to every project, besides the roles and users of the account, for whom
   * IAM policies decide.
   *
   * @default none
   */
  readonly publishers?: {
    /** ARNs of SNS topics. */
    readonly topics?: readonly string[];
    /** ARNs of EventBridge buses of the account, `arn:aws:events:…:event-bus/NAME`, whose rules may send. */
    readonly buses?: readonly string[];
    /** Other AWS accounts, 12 digits each, with their topics: up to 40, because a queue's policy has 50 principals at most. */
    readonly accounts?: readonly string[];
    /** Id of an AWS organisation, `o-…`, all of whose other accounts may send, with their topics. */
    readonly organization?: string;
  };
  /**
   * Custom domain for the console and the API behind CloudFront.
   *
   * @default a generated CloudFront domain
   */
  readonly domain?: DomainSettings;
  /**
   * Custom domain for the API without CloudFront in between.
   *
   * @default a generated API Gateway domain
   */
  readonly apiDomain?: DomainSettings;
  /**
   * Take requests to the API only if they come through CloudFront, and so past the web ACL. Others, to the domain of API
   * Gateway, get a 403 on every route. The API's URL is then `domain` or the generated CloudFront domain. It needs a secret, at
   * $0.40 a month (`docs/security.md`), and excludes `apiDomain`.
   *
   * @default false
   */
  readonly apiOnlyBehindCloudFront?: boolean;
  /**
   * Rate and burst limits of the API for all callers together; above them it responds with 429. Test requests have
   * limits of their own because each occupies a function until the hook URL responds.
   *
   * @default 1000 and 2000; 10 and 20 for test requests
   */
  readonly throttling?: {
    readonly ratePerSecond?: number;
    readonly burst?: number;
    readonly testRatePerSecond?: number;
    readonly testBurst?: number;
  };
  /**
   * WAF web ACL in front of CloudFront: an ARN in us-east-1, or `managed` for one with AWS's IP reputation list and a
   * rate limit per address. Only the app of this repository can create the managed one, as a separate stack. Requests
   * to the domain of API Gateway bypass the web ACL without `apiOnlyBehindCloudFront`.
   *
   * @default none
   */
  readonly webAcl?: string;
  /**
   * Create alarms and a dashboard, which cost a few dollars a month even while idle (`docs/cost.md`).
   *
   * @default the value of `retainData`; true if `alarms` is set
   */
  readonly monitoring?: boolean;
  /**
   * Recipients of alarm notifications.
   *
   * @default none; alarms are only visible in CloudWatch
   */
  readonly alarms?: {
    /** Address to notify. SNS sends it a mail that asks for confirmation. */
    readonly email?: string;
    /** ARN of an SNS topic that CloudWatch may publish to. */
    readonly topicArn?: string;
  };
  /**
   * URL of your copy of `docs/runbook.md`, to which alarms add `#<heading>`, so that links in their messages open.
   *
   * @default none; alarms name the file of the repository
   */
  readonly runbookBaseUrl?: string;
  /**
   * A budget in US dollars a month for the stage, and an alarm on attempts that spend it early. Both notify `alarms`, which it needs.
   * The budget counts resources by the tag `ancrage-stage`, once you have activated it for cost allocation (`docs/cost.md`).
   *
   * @default none
   */
  readonly monthlyBudget?: number;
  /**
   * Tags of all resources.
   *
   * @default none
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * ARN of a managed policy that is the permissions boundary of every role.
   *
   * @default none
   */
  readonly permissionsBoundary?: string;
  /**
   * Protect the stack of the app from deletion. A stack of your own that contains an `Ancrage` is yours to protect.
   *
   * @default the value of `retainData`
   */
  readonly terminationProtection?: boolean;
  /**
   * Days for which logs are kept: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180 or 365.
   *
   * @default 30
   */
  readonly logRetentionDays?: number;
  /**
   * Minimum level of the functions' log lines.
   *
   * @default INFO
   */
  readonly logLevel?: 'INFO' | 'WARN' | 'ERROR';
  /**
   * `true`: trace every function with X-Ray. An object: record spans of publishing, fan-out and attempts with OpenTelemetry, within
   * the publisher's traces, and send them to a collector. `docs/observability.md` says what they hold.
   *
   * @default false; ids in the log lines connect the functions, and traces of publishers are passed on all the same
   */
  readonly tracing?: boolean | OpenTelemetrySettings;
}

export interface OpenTelemetrySettings {
  /** Base URL of a collector that takes OTLP over HTTP in JSON, such as `http://collector.internal:4318`. */
  readonly otlpEndpoint: string;
  /**
   * Which part of the events that are published outside any trace is recorded, 0 to 1. Of others, the publisher's `sampled` flag
   * decides.
   *
   * @default 1
   */
  readonly sampleRatio?: number;
}
