import { describe, expect, it } from 'vitest';
import { readableLine } from '../../../local/functions/readable-line.ts';

describe('a line of a function’s log in the terminal', () => {
  it.each([
    [
      'an attempt',
      {
        level: 'WARN',
        message: 'attempt failed',
        timestamp: '2026-01-15T12:00:00.000Z',
        service: 'deliver',
        requestId: 'r',
        coldStart: true,
        eventId: 'evt_1',
        number: 2,
        detail: 'the server refused the connection',
      },
      'WARN attempt failed eventId=evt_1 number=2 detail="the server refused the connection"',
      true,
    ],
    [
      'a success',
      { level: 'INFO', message: 'attempt succeeded', status: 200 },
      'INFO attempt succeeded status=200',
      false,
    ],
    [
      'an error with its stack',
      { level: 'ERROR', message: 'message not handled', error: { stack: 'Error: no\n    at f (a.ts:1:2)' } },
      'ERROR message not handled\n    Error: no\n    at f (a.ts:1:2)',
      true,
    ],
    [
      'a crash in the format of the runtime',
      { level: 'ERROR', message: 'gone', errorType: 'TypeError', stackTrace: ['TypeError: gone'] },
      'ERROR gone errorType=TypeError\n    TypeError: gone',
      true,
    ],
    [
      'metrics',
      {
        _aws: { Timestamp: 1 },
        service: 'deliver',
        stage: 'local',
        AttemptsFailed: 1,
        AttemptDuration: [3, 4],
      },
      'METRICS AttemptsFailed=1 AttemptDuration=[3,4]',
      false,
    ],
    ['other JSON', { got: 1 }, '{"got":1}', false],
  ])('is formatted readably: %s', (_, line, text, isWarning) => {
    expect(readableLine(JSON.stringify(line))).toEqual({ text, isWarning });
  });

  it.each(['plain', '{not JSON', '[1]', 'null', ''])(
    'is left unchanged if it is not a JSON log line: %j',
    (line) => {
      expect(readableLine(line)).toEqual({ text: line, isWarning: false });
    },
  );
});
