/**
 * SQS accepts all characters that XML allows, including those above U+FFFF:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
const NOT_IN_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/**
 * Make fauxqs accept messages with emoji and other characters above U+FFFF. Version 2.4.1 rejects them, because its
 * regular expression tests the halves of surrogate pairs, and has no setting for it.
 */
export async function acceptAllCharacters(): Promise<void> {
  const types: unknown = await import(new URL('./sqs/sqsTypes.js', import.meta.resolve('fauxqs')).href);
  const { INVALID_MESSAGE_BODY_CHAR: invalid } = types as { INVALID_MESSAGE_BODY_CHAR: RegExp };
  invalid.test = (text) => NOT_IN_XML.test(text);
}
