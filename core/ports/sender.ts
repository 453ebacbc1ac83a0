import type { OutgoingRequest, SendResult } from '../model/send-result.ts';

/** The attempt that a request belongs to. */
export interface AboutRequest {
  readonly project: string;
  readonly subscriptionId: string;
  readonly eventId: string;
  readonly number: number;
  readonly replayId: string | null;
  /** The number of attempts made before its replay; 0 without one. */
  readonly after: number;
  /** Whether it probes a paused endpoint. */
  readonly probe: boolean;
}

/** Is told when a request waits for something that its endpoint has no part in, and when its time begins after that. */
export interface Watch {
  waits(): void;
  begins(): void;
}

export interface Sender {
  /**
   * Send one request. An endpoint's failure is a result.
   *
   * @throws OutOfTime if its project looks up so many host names that its own was not looked up in time
   */
  send(request: OutgoingRequest, about: AboutRequest, watch?: Watch): Promise<SendResult>;
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
