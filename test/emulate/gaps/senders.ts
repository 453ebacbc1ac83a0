import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ENV } from '../../../core/contract.ts';
import { ACCOUNT, clientSettings } from '../ministack.ts';
import type { Gap } from './gap.ts';
import { asSender } from './sender.ts';
import { ofType } from './template.ts';

export const senders: Gap = {
  reason:
    'The SenderId of a message is the account, not the role: fan-out trusts the account’s messages, so not only its own roles’.',
  change(template) {
    let isChanged = false;
    for (const { Properties } of ofType(template, 'AWS::Lambda::Function')) {
      const variables = Properties.Environment?.Variables ?? {};
      if (variables[ENV.ownRoleIds] === undefined) continue;
      variables[ENV.ownRoleIds] = ACCOUNT;
      isChanged = true;
    }
    return isChanged;
  },
  persists: (ministack) =>
    asSender(ministack, async (_, { Open: QueueUrl }) => {
      const sqs = new SQSClient(clientSettings(ministack));
      try {
        const { Messages: [message] = [] } = await sqs.send(
          new ReceiveMessageCommand({
            ...{ QueueUrl, MessageSystemAttributeNames: ['SenderId'], WaitTimeSeconds: 5 },
          }),
        );
        if (message === undefined) throw new Error('The emulator lost a message.');
        return message.Attributes?.SenderId === ACCOUNT;
      } finally {
        sqs.destroy();
      }
    }),
};
