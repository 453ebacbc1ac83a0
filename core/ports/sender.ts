import type { OutgoingRequest, SendResult } from '../model/send-result.ts';

/** Sends one request. An endpoint's failure is a result, never a throw. */
export interface Sender {
  send(request: OutgoingRequest): Promise<SendResult>;
}
