import type { OutgoingRequest, SendResult } from '../../../core/model/send-result.ts';
import type { Sender, Watch } from '../../../core/ports/sender.ts';

export const answers = (status: number, headers: Record<string, string> = {}, body = ''): SendResult => ({
  response: { status, headers, body },
  durationMs: 1,
});

/** Create a sender whose endpoint responds with a 200 until a test sets another response. */
export function inMemorySender() {
  const requests: OutgoingRequest[] = [];
  const endpoint = {
    answer: (_request: OutgoingRequest, _watch?: Watch): SendResult | Promise<SendResult> => answers(200),
  };
  const sender: Sender = {
    async send(request, _about, watch) {
      requests.push(request);
      return endpoint.answer(request, watch);
    },
  };
  return { sender, requests, endpoint };
}
