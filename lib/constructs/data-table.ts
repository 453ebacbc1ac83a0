import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  type ITable,
  ProjectionType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { ATTRIBUTE, ENV, INDEX, LOG_INDEX_ATTRIBUTES } from '../../core/contract.ts';
import type { AncrageFunction } from './ancrage-function.ts';

type Action = 'GetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'BatchWriteItem';

export interface DataTableProps {
  /** Keep the table when the stack is deleted, and refuse its deletion. */
  readonly retain: boolean;
  /** A table that is there already, with the same keys and indexes. @default one is made */
  readonly tableName?: string | undefined;
}

/** The one table: projects, keys, event types, subscriptions and bindings, events, attempts, parked deliveries. */
export class DataTable extends Construct {
  readonly table: ITable;

  constructor(scope: Construct, id: string, { retain, tableName }: DataTableProps) {
    super(scope, id);
    this.table = tableName === undefined ? this.#make(retain) : Table.fromTableName(this, 'Table', tableName);
  }

  #make(retain: boolean): ITable {
    const table = new Table(this, 'Table', {
      partitionKey: { name: ATTRIBUTE.partitionKey, type: AttributeType.STRING },
      sortKey: { name: ATTRIBUTE.sortKey, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      timeToLiveAttribute: ATTRIBUTE.timeToLive,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: retain },
      deletionProtection: retain,
      removalPolicy: retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    table.addGlobalSecondaryIndex({
      indexName: INDEX.due,
      partitionKey: { name: ATTRIBUTE.duePartitionKey, type: AttributeType.STRING },
      sortKey: { name: ATTRIBUTE.dueSortKey, type: AttributeType.NUMBER },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    table.addGlobalSecondaryIndex({
      indexName: INDEX.log,
      partitionKey: { name: ATTRIBUTE.logPartitionKey, type: AttributeType.STRING },
      sortKey: { name: ATTRIBUTE.logSortKey, type: AttributeType.STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: [...LOG_INDEX_ATTRIBUTES],
    });
    // The CDK's class and its interface differ under exactOptionalPropertyTypes.
    return table as ITable;
  }

  /** Lets a function do these on the table's items, and tells it the table's name. */
  grant(fn: AncrageFunction, ...actions: Action[]): void {
    fn.addEnvironment(ENV.tableName, this.table.tableName);
    fn.allow(
      actions.map((action) => `dynamodb:${action}`),
      this.table.tableArn,
    );
  }

  /** Lets a function query an index. */
  grantIndex(fn: AncrageFunction, index: (typeof INDEX)[keyof typeof INDEX]): void {
    fn.addEnvironment(ENV.tableName, this.table.tableName);
    fn.allow(['dynamodb:Query'], `${this.table.tableArn}/index/${index}`);
  }
}
