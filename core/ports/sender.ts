import type { OutgoingRequest, SendResult } from '../model/send-result.ts';

/** The attempt that a request belongs to. */
export interface AboutRequest {
  readonly subscriptionId: string;
  readonly eventId: string;
  readonly number: number;
  readonly replayId: string | null;
  /** The number of attempts made before its replay; 0 without one. */
  readonly after: number;
  /** Whether it probes a paused endpoint. */
  readonly probe: boolean;
}

export interface Sender {
  /** Send one request. An endpoint's failure is a result; this never throws. */
  send(request: OutgoingRequest, about: AboutRequest): Promise<SendResult>;
}

/** A sender whose connections must be closed. */
export interface OpenSender extends Sender {
  close(): void;
}

export interface SenderPool {
  /**
   * Open a sender for one invocation: no socket outlives it.
   *
   * @param endsInMs when it ends its requests at the latest
   */
  open(endsInMs: number): OpenSender;
}
