/** How many copies of a lane's function run at once: at most so many, or behind pollers that are kept ready. */
export type Lane =
  | {
      /** Most copies of the function that the lane's queue runs at once, 2 to 1000. */
      readonly maxConcurrency: number;
    }
  | {
      /**
       * Provisioned pollers, for lanes that must be quick after a rest; each is paid for by the hour. AWS lets one have
       * these or a maximum concurrency, not both.
       */
      readonly pollers: {
        /** 2 to 200. */
        readonly minimum: number;
        /** 2 to 2000. */
        readonly maximum: number;
      };
    };

/** Units a second, of the table and of each of its indexes. */
interface Capacity {
  /** 1 to 40000. */
  readonly minimum: number;
  /** Up to 40000, which is what AWS allows a table unless you ask for more. */
  readonly maximum: number;
}

/** A name of one's own. */
export interface DomainSettings {
  /** Such as `webhooks.example.com`. */
  readonly name: string;
  /** Of a certificate of ACM for the name: in us-east-1 for `domain`, in the stack's region for `apiDomain`. */
  readonly certificateArn: string;
  /**
   * The zone of Route 53 that gets the name's records.
   *
   * @default none; the records are made elsewhere, from the outputs
   */
  readonly hostedZone?: {
    readonly id: string;
    /** Such as `example.com`. */
    readonly name: string;
  };
}

/** What a team sets of its Ancrage. All but the stage has a default. */
export interface AncrageSettings {
  /**
   * Names what AWS wants a name for: log groups, alarms, the dashboard. It must be the only one of this name in its
   * account and region. 1 to 20 lower-case letters, digits and hyphens, a letter first.
   */
  readonly stage: string;
  /**
   * Project of queue messages that name none, such as EventBridge events taken as they are.
   *
   * @default they are set aside on the dead-letter queue
   */
  readonly defaultProject?: string;
  /**
   * Days that a new project keeps its events and their attempts, 7 to 3650. A project can have another.
   *
   * @default 30
   */
  readonly retentionDays?: number;
  /**
   * The table, the queues and the logs outlive the stack, and the table refuses to be deleted.
   *
   * @default true, but for the stages `dev` and `local`
   */
  readonly retainData?: boolean;
  /**
   * A table that is there already: of a stack that was lost, or restored from a backup (`docs/upgrading.md`). The stack
   * makes none then, and one that it made before leaves it: kept with `retainData`, deleted without.
   *
   * @default the stack makes a table
   */
  readonly tableName?: string;
  /**
   * The table can be restored as it was at any second of the last 35 days.
   *
   * @default as `retainData`
   */
  readonly pointInTimeRecovery?: boolean;
  /**
   * Requests a second that the table is ready for at once, as it is before the first campaign. It can be raised and
   * never lowered, and is paid for once: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html
   *
   * @default what AWS gives a new table: 12000 reads, 4000 writes
   */
  readonly warmThroughput?: {
    readonly readUnitsPerSecond: number;
    readonly writeUnitsPerSecond: number;
  };
  /**
   * Units a second that are paid for by the hour, used or not, in place of each request: for a load that hardly changes.
   * Auto scaling keeps them at what is used and half as much again; where 70 % are used, a write costs two fifths. What
   * comes faster than it follows, in minutes, is throttled: it waits in the queues, and the API answers 503.
   *
   * @default on demand: each request is paid for, and nothing while nothing happens
   */
  readonly provisionedCapacity?: {
    readonly reads: Capacity;
    readonly writes: Capacity;
  };
  /**
   * The three lanes. Each has copies of its own, so that none starves another. A hook URL that hangs takes a copy until
   * its deadline: rate × share of hanging URLs × deadline copies, until their breakers open.
   *
   * @default at most 20, 200 and 50 copies
   */
  readonly lanes?: {
    readonly events?: Lane;
    readonly deliveries?: Lane;
    readonly retries?: Lane;
  };
  /**
   * Ports that hook URLs may have: numbers and ranges such as `8000-8999`.
   *
   * @default 443 and 1024-65535
   */
  readonly allowedPorts?: readonly (number | string)[];
  /**
   * Lets hook URLs be plain http and on loopback, which the local stack needs and production must not have.
   *
   * @default false
   */
  readonly allowLocalDestinations?: boolean;
  /**
   * Hook URLs are called from a network of the stack's own through NAT gateways with fixed addresses, for receivers
   * that let only known addresses in. A NAT gateway is paid for by the hour and by the gigabyte (`docs/cost.md`).
   *
   * @default none; Lambda calls from AWS's addresses
   */
  readonly fixedEgress?: {
    /** NAT gateways, each with an address in a zone of its own, 1 to 3. */
    readonly natGateways: number;
    /**
     * The network's addresses, /16 to /18; they matter only where it is peered with others.
     *
     * @default 10.0.0.0/16
     */
    readonly cidr?: string;
  };
  /**
   * Who may send to the events queue from outside the account, besides whoever an IAM policy inside it allows. They
   * may publish to every project.
   *
   * @default nobody
   */
  readonly publishers?: {
    /** Ids of accounts, 12 digits. */
    readonly accounts?: readonly string[];
    /** An organisation of AWS Organizations, `o-…`: all of its accounts. */
    readonly organization?: string;
  };
  /**
   * One name for the console and the API behind CloudFront.
   *
   * @default a name of CloudFront's
   */
  readonly domain?: DomainSettings;
  /**
   * A name for the API alone, without CloudFront in between.
   *
   * @default a name of API Gateway's
   */
  readonly apiDomain?: DomainSettings;
  /**
   * Requests to the API a second, of everybody together, and as many at once; above that it answers 429.
   *
   * @default 1000 and 2000; for tests of subscriptions, which hold a function for as long as a hook URL takes, 10 and 20
   */
  readonly throttling?: {
    readonly ratePerSecond?: number;
    readonly burst?: number;
    readonly testRatePerSecond?: number;
    readonly testBurst?: number;
  };
  /**
   * The web ACL of WAF in front of CloudFront: its ARN, in us-east-1, or `managed` for one with AWS's list of bad addresses
   * and a limit for each address, in a stack of its own (the app of this repository alone). API Gateway's own name does not
   * pass it.
   *
   * @default none
   */
  readonly webAcl?: string;
  /**
   * Alarms and a dashboard, which cost a few dollars a month whether or not anything happens (`docs/cost.md`).
   *
   * @default as `retainData`, and wherever somebody is to be told
   */
  readonly monitoring?: boolean;
  /**
   * Who is told of alarms.
   *
   * @default nobody; the alarms are there to be looked at
   */
  readonly alarms?: {
    /** Gets a mail from SNS to confirm. */
    readonly email?: string;
    /** A topic of SNS that CloudWatch may publish to. */
    readonly topicArn?: string;
  };
  /**
   * Days that logs are kept: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365.
   *
   * @default 30
   */
  readonly logRetentionDays?: number;
  /**
   * What the functions log, and all above it.
   *
   * @default INFO
   */
  readonly logLevel?: 'INFO' | 'WARN' | 'ERROR';
  /**
   * Traces of X-Ray for every function.
   *
   * @default false; the log's lines join by their ids
   */
  readonly tracing?: boolean;
}
