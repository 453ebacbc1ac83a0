import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';
import { REGION } from '../settings.ts';

/** Return the event with which Lambda passes messages to a function. */
export function sqsEvent(messages: readonly Message[], queueArn: string): { Records: unknown[] } {
  return {
    Records: messages.map((message) => ({
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body ?? '',
      attributes: message.Attributes ?? {},
      messageAttributes: Object.fromEntries(
        Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [
          name,
          messageAttribute(value),
        ]),
      ),
      md5OfBody: message.MD5OfBody,
      ...(message.MD5OfMessageAttributes !== undefined && {
        md5OfMessageAttributes: message.MD5OfMessageAttributes,
      }),
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: REGION,
    })),
  };
}

function messageAttribute(value: MessageAttributeValue) {
  return {
    ...(value.StringValue !== undefined && { stringValue: value.StringValue }),
    ...(value.BinaryValue !== undefined && {
      binaryValue: Buffer.from(value.BinaryValue).toString('base64'),
    }),
    stringListValues: [],
    binaryListValues: [],
    dataType: value.DataType,
  };
}
