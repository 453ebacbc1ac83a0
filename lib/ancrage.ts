import { CfnOutput } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENV, type LANES } from '../core/contract.ts';
import { concurrencyOf } from './concurrency.ts';
import { SettingsError, type StageConfig, stageConfig } from './config.ts';
import { AncrageFunction } from './constructs/ancrage-function.ts';
import { Api } from './constructs/api.ts';
import { Canary } from './constructs/canary.ts';
import { Console } from './constructs/console.ts';
import { DataTable } from './constructs/data-table.ts';
import { EgressNetwork } from './constructs/egress-network.ts';
import { Exports } from './constructs/exports.ts';
import type { FunctionNetwork } from './constructs/function-network.ts';
import { GivenNetwork } from './constructs/given-network.ts';
import { boundRoles, tagEverything } from './constructs/govern.ts';
import { LargeBodies } from './constructs/large-bodies.ts';
import { Monitoring } from './constructs/monitoring/monitoring.ts';
import { deployInOrder, OriginSecret } from './constructs/origin-secret.ts';
import { Pipeline } from './constructs/pipeline.ts';
import type { AncrageSettings } from './settings.ts';

/** Return the network of the functions that call hook URLs, undefined for Lambda's own. */
function networkOf(scope: Construct, { fixedEgress, network }: StageConfig): FunctionNetwork | undefined {
  if (network !== undefined) return new GivenNetwork(scope, 'Network', network);
  return fixedEgress && new EgressNetwork(scope, 'Egress', fixedEgress);
}

export interface AncrageProps extends AncrageSettings {}

/**
 * The webhook platform: the pipeline behind the events queue, the HTTP API and the console.
 *
 * ```ts
 * const webhooks = new Ancrage(this, 'Webhooks', { stage: 'prod', alarms: { email: 'ops@example.com' } });
 * webhooks.grantPublish(invoicing);
 * ```
 */
export class Ancrage extends Construct {
  /** Publishers send events to this queue; `grantPublish` permits them to. */
  readonly eventsQueue: Queue;
  /**
   * Dead-lettered messages, by lane: those that can never be understood, and those that kill their worker.
   */
  readonly deadLetterQueues: Readonly<Record<(typeof LANES)[number], Queue>>;
  readonly table: ITable;
  readonly distribution: Distribution;
  /** Base URL of the API: that of the console with `apiOnlyBehindCloudFront`. */
  readonly apiUrl: string;
  /** URL of the console; the same host serves the API. */
  readonly consoleUrl: string;
  /** IP addresses that hook URLs are called from; empty without `fixedEgress`. */
  readonly egressAddresses: readonly string[];
  readonly #outputs: readonly (readonly [name: string, value: string | undefined, description: string])[];

  /** @throws SettingsError that lists every fault of the settings at once */
  constructor(scope: Construct, id: string, props: AncrageProps) {
    super(scope, id);
    const config = stageConfig(props);
    if (config.webAcl === 'managed')
      throw new SettingsError(
        'webAcl must be an ARN here, such as the ARN of a WebAclStack: only the app creates a web ACL itself.',
      );
    const network = networkOf(this, config);
    tagEverything(this, config);
    boundRoles(this, config);
    const data = new DataTable(this, 'Data', { config });
    const bodies = new LargeBodies(this, 'LargeBodies', { config });
    const exports =
      config.exports &&
      new Exports(this, 'Exports', { config: { ...config, exports: config.exports }, table: data.table });
    const pipeline = new Pipeline(this, { config, data, bodies, network });
    const originSecret = config.apiOnlyBehindCloudFront ? new OriginSecret(this, 'Origin') : undefined;
    const { http, entrances, openApi } = new Api(this, {
      config,
      data,
      bodies,
      pipeline,
      network,
      originSecret,
    });
    const console = new Console(this, 'Console', { config, api: http.api, originSecret });
    deployInOrder(originSecret, entrances, console.distribution);
    if (originSecret !== undefined) openApi.addEnvironment(ENV.publicHost, console.host);
    const functions = this.node.findAll().filter((part) => part instanceof AncrageFunction);
    const { alarms: releaseAlarms } = new Canary(this, 'Canary', { config, functions });
    new Monitoring(this, 'Monitoring', {
      config,
      pipeline,
      table: data.table,
      http,
      releaseAlarms,
      functions,
    });

    const { events, internal, deliveries, retries, pumps } = pipeline;
    this.eventsQueue = events.queue;
    this.deadLetterQueues = {
      events: events.deadLetterQueue,
      internal: internal.deadLetterQueue,
      deliveries: deliveries.deadLetterQueue,
      retries: retries.deadLetterQueue,
      pumps: pumps.deadLetterQueue,
    };
    this.table = data.table;
    this.distribution = console.distribution;
    this.apiUrl = originSecret === undefined ? http.url : console.url;
    this.consoleUrl = console.url;
    this.egressAddresses = network?.addresses ?? [];
    const forAdmin = 'Read by npm run admin';
    this.#outputs = [
      ['ApiUrl', this.apiUrl, 'Base URL of the API'],
      ['ConsoleUrl', this.consoleUrl, 'URL of the web console; the same host serves the API'],
      ['EventsQueueUrl', events.queue.queueUrl, 'Queue that publishers send events to'],
      ['EventsQueueArn', events.queue.queueArn, 'Queue to grant publishers sqs:SendMessage on'],
      [
        'EgressAddresses',
        this.egressAddresses.join(',') || undefined,
        'IP addresses that hook URLs are called from',
      ],
      [
        'DomainTarget',
        config.domain && console.distribution.domainName,
        `Target for the DNS record of ${config.domain?.name}`,
      ],
      ['ApiDomainTarget', http.domainTarget, `Target for the DNS record of ${config.apiDomain?.name}`],
      ['Stage', config.stage, forAdmin],
      ['TableName', data.table.tableName, forAdmin],
      ['LargeBodiesBucketName', bodies.bucket.bucketName, 'Read by npm run restore-drill'],
      ['ExportsBucketName', exports?.bucketName, 'Bucket of the exports of the table'],
      ['EncryptionKeyArn', data.secretsKey?.keyArn, forAdmin],
      ['OriginSecretArn', originSecret?.arn, forAdmin],
      ['DistributionId', originSecret && console.distribution.distributionId, forAdmin],
      ['WriteFormat', String(config.writeFormat), forAdmin],
      ['RetentionDays', String(config.retentionDays), forAdmin],
      ['Concurrency', JSON.stringify(concurrencyOf(config)), 'Read by npm run smoke'],
      ['InternalQueueUrl', internal.queue.queueUrl, forAdmin],
      ['DeliveriesQueueUrl', deliveries.queue.queueUrl, forAdmin],
      ['RetriesQueueUrl', retries.queue.queueUrl, forAdmin],
      ['PumpsQueueUrl', pumps.queue.queueUrl, forAdmin],
      ['EventsDeadLetterQueueUrl', events.deadLetterQueue.queueUrl, forAdmin],
      ['InternalDeadLetterQueueUrl', internal.deadLetterQueue.queueUrl, forAdmin],
      ['DeliveriesDeadLetterQueueUrl', deliveries.deadLetterQueue.queueUrl, forAdmin],
      ['RetriesDeadLetterQueueUrl', retries.deadLetterQueue.queueUrl, forAdmin],
      ['PumpsDeadLetterQueueUrl', pumps.deadLetterQueue.queueUrl, forAdmin],
    ];
  }

  /**
   * Allow a function, a role, a service or an account to send to the events queue, and so to publish to every project.
   * Give a service principal a condition such as `aws:SourceAccount`, because other accounts use the same service. If the
   * queue has a key of its own, a role is allowed to use it; a service or an account needs a statement in the key's policy.
   */
  grantPublish(grantee: IGrantable): Grant {
    this.eventsQueue.encryptionMasterKey?.grant(grantee, 'kms:Decrypt', 'kms:GenerateDataKey');
    return Grant.addToPrincipalOrResource({
      grantee,
      actions: ['sqs:SendMessage'],
      resourceArns: [this.eventsQueue.queueArn],
      resource: this.eventsQueue,
    });
  }

  /**
   * Add the stack outputs that `admin` and `smoke` read from `cdk deploy --outputs-file`. Their names are fixed, so a
   * stack can have the outputs of only one `Ancrage`.
   */
  addOutputs(): void {
    for (const [name, value, description] of this.#outputs)
      if (value !== undefined) new CfnOutput(this, name, { value, description }).overrideLogicalId(name);
  }
}
