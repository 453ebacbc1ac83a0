import { describe, expect, it } from 'vitest';
import { TooLargeError } from '../../../../core/kernel/errors.ts';
import { MAX_EVENT_BYTES } from '../../../../core/model/event.ts';
import { EVENT_ATTRIBUTE } from '../../../../core/model/event-message.ts';
import { readEventMessage } from '../../../../core/model/read-event-message.ts';

describe('an event message of a stage that writes format 1', () => {
  const body = JSON.stringify({ type: 'a', data: { text: 'x'.repeat(MAX_EVENT_BYTES[1].carried) } });

  it('is refused if version 0.1 could not store its event', () => {
    expect(() => readEventMessage({ body, attributes: {} }, 1)).toThrow(TooLargeError);
    expect(readEventMessage({ body, attributes: {} }, 2)).toMatchObject({ kind: 'publication' });
  });

  it('is read if the event was accepted before the format was set back', () => {
    const attributes = { [EVENT_ATTRIBUTE.validated]: 'true' };
    expect(readEventMessage({ body, attributes }, 1)).toMatchObject({ kind: 'publication' });
  });
});
