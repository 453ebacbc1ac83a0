/** The minimum that any function must load to read a table and send to a queue: the two AWS clients. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const queue = new SQSClient({});

export const handler = () => [
  ...[table, queue, SendMessageBatchCommand, BatchWriteCommand, DeleteCommand, GetCommand, PutCommand],
  ...[QueryCommand, TransactWriteCommand, UpdateCommand],
];
