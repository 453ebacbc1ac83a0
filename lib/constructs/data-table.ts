import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  type ITable,
  ProjectionType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { ATTRIBUTE, ENV, INDEX, LOG_INDEX_ATTRIBUTES } from '../../core/contract.ts';
import type { StageConfig } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import type { AncrageFunction } from './ancrage-function.ts';
import { allowKeyFor, customerKey } from './customer-key.ts';
import { keeping } from './keeping.ts';

export type Action =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'BatchWriteItem'
  | 'ConditionCheckItem';

export interface DataTableProps {
  readonly config: Pick<
    StageConfig,
    | 'stage'
    | 'encryptionKey'
    | 'encryptionKeyArn'
    | 'retainData'
    | 'pointInTimeRecovery'
    | 'warmThroughput'
    | 'provisionedCapacity'
    | 'tableName'
  >;
}

/**
 * The single table for projects, keys, event types, subscriptions, bindings, events, attempts, mailboxes and replay jobs.
 */
export class DataTable extends Construct {
  readonly table: ITable;
  /** Wraps the data keys with which secrets are encrypted. Undefined if the stage stores them as they are. */
  readonly secretsKey: IKey | undefined;
  readonly #customerKey: IKey | undefined;

  constructor(scope: Construct, id: string, { config }: DataTableProps) {
    super(scope, id);
    this.#customerKey = customerKey(this, config.encryptionKeyArn);
    this.secretsKey = config.encryptionKey ? this.#makeKey(config) : this.#customerKey;
    this.table =
      config.tableName === undefined
        ? this.#make(config)
        : Table.fromTableName(this, 'Table', config.tableName);
  }

  #makeKey(config: DataTableProps['config']): IKey {
    return new Key(this, 'SecretsKey', {
      description: `Ancrage ${config.stage}: wraps the data keys of the secrets in the table`,
      enableKeyRotation: true,
      // Without it, the secrets in a kept table and in its backups are lost.
      removalPolicy: keeping(config),
    });
  }

  #make(config: DataTableProps['config']): ITable {
    const warm = config.warmThroughput && { warmThroughput: config.warmThroughput };
    const { provisionedCapacity } = config;
    const units = provisionedCapacity && {
      readCapacity: provisionedCapacity.reads.minimum,
      writeCapacity: provisionedCapacity.writes.minimum,
    };
    const table = new Table(this, 'Table', {
      partitionKey: { name: ATTRIBUTE.partitionKey, type: AttributeType.STRING },
      sortKey: { name: ATTRIBUTE.sortKey, type: AttributeType.STRING },
      billingMode: units === undefined ? BillingMode.PAY_PER_REQUEST : BillingMode.PROVISIONED,
      ...units,
      ...(this.#customerKey === undefined
        ? { encryption: TableEncryption.AWS_MANAGED }
        : { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: this.#customerKey }),
      timeToLiveAttribute: ATTRIBUTE.timeToLive,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: config.pointInTimeRecovery },
      deletionProtection: config.retainData,
      // Not "retain except on create": after a failed first deployment, CloudFormation would try to delete the table,
      // which deletion protection refuses.
      removalPolicy: config.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      ...warm,
    });
    if (!config.pointInTimeRecovery)
      acknowledge(table, {
        'AwsSolutions-DDB3': 'The stage is ephemeral, or its settings switch point-in-time recovery off.',
      });
    table.addGlobalSecondaryIndex({
      indexName: INDEX.due,
      partitionKey: { name: ATTRIBUTE.duePartitionKey, type: AttributeType.STRING },
      sortKey: { name: ATTRIBUTE.dueSortKey, type: AttributeType.NUMBER },
      projectionType: ProjectionType.KEYS_ONLY,
      ...units,
      ...warm,
    });
    table.addGlobalSecondaryIndex({
      indexName: INDEX.log,
      partitionKey: { name: ATTRIBUTE.logPartitionKey, type: AttributeType.STRING },
      sortKey: { name: ATTRIBUTE.logSortKey, type: AttributeType.STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: [...LOG_INDEX_ATTRIBUTES],
      // Every attempt is also written to this index, and a table is as slow as its slowest index.
      ...units,
      ...warm,
    });
    if (provisionedCapacity !== undefined) scale(table, provisionedCapacity);
    // The CDK's class and its interface differ under exactOptionalPropertyTypes.
    return table as ITable;
  }

  /** Allow a function these actions on the table's items, and set the table's name in its environment. */
  grant(fn: AncrageFunction, ...actions: Action[]): void {
    fn.addEnvironment(ENV.tableName, this.table.tableName);
    fn.allow(
      actions.map((action) => `dynamodb:${action}`),
      this.table.tableArn,
    );
    allowKeyFor(fn, 'dynamodb', this.#customerKey);
  }

  /** Allow a function to open the secrets in the items that it reads, and to encrypt those that it writes. */
  grantSecrets(fn: AncrageFunction): void {
    if (this.secretsKey !== undefined) fn.allow(['kms:Decrypt'], this.secretsKey.keyArn);
  }

  /** Allow a function to query an index. */
  grantIndex(fn: AncrageFunction, index: (typeof INDEX)[keyof typeof INDEX]): void {
    fn.addEnvironment(ENV.tableName, this.table.tableName);
    fn.allow(['dynamodb:Query'], `${this.table.tableArn}/index/${index}`);
  }
}

/** The CDK's default and AWS's advice: a higher target leaves too little capacity until auto scaling reacts. */
const TARGET_PERCENT = 70;

/** Scale the table and each of its indexes, because a throttled index blocks writes to the table. */
function scale(table: Table, { reads, writes }: NonNullable<StageConfig['provisionedCapacity']>): void {
  const bounds = ({ minimum, maximum }: typeof reads) => ({ minCapacity: minimum, maxCapacity: maximum });
  const target = { targetUtilizationPercent: TARGET_PERCENT };
  table.autoScaleReadCapacity(bounds(reads)).scaleOnUtilization(target);
  table.autoScaleWriteCapacity(bounds(writes)).scaleOnUtilization(target);
  for (const index of Object.values(INDEX)) {
    table.autoScaleGlobalSecondaryIndexReadCapacity(index, bounds(reads)).scaleOnUtilization(target);
    table.autoScaleGlobalSecondaryIndexWriteCapacity(index, bounds(writes)).scaleOnUtilization(target);
  }
}
