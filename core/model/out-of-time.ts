/**
 * A request was not made, because it could not have ended in time. This is a fault of ours: it consumes no attempt, and says
 * nothing about the endpoint.
 */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';

  constructor() {
    super('There was no time left for the request.');
  }
}
