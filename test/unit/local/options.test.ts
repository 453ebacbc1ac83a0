import { describe, expect, it } from 'vitest';
import { parseCommandLine, UsageError } from '../../../local/options.ts';
import { parseRate } from '../../../local/schedule.ts';

describe('parseCommandLine', () => {
  it('returns the defaults without arguments', () => {
    expect(parseCommandLine([])).toEqual({
      port: 3000,
      dataDir: '.local',
      ephemeral: false,
      guard: false,
      dynamodbEndpoint: undefined,
      otlpEndpoint: undefined,
      sqsEndpoint: undefined,
      watch: false,
      inspect: undefined,
      verbose: false,
      help: false,
    });
  });

  it.each([
    [['--inspect'], { functionName: 'deliver', port: 9229 }],
    [['--inspect', '--watch'], { functionName: 'deliver', port: 9229 }],
    [['--inspect=fan-out', '--inspect-port', '9300'], { functionName: 'fan-out', port: 9300 }],
  ])('takes %j as %j', (args, inspect) => expect(parseCommandLine(args)).toMatchObject({ inspect }));

  it('parses every option', () => {
    const args = [
      '--port',
      '0',
      '--data-dir=x',
      '--ephemeral',
      '--guard',
      '--dynamodb-endpoint',
      'http://localhost:8000',
      '--otlp=http://localhost:4318',
      '--sqs-endpoint=http://localhost:9324',
      '--watch',
      '--inspect=pump',
      '--verbose',
      '--help',
    ];

    expect(parseCommandLine(args)).toEqual({
      port: 0,
      dataDir: 'x',
      ephemeral: true,
      guard: true,
      dynamodbEndpoint: 'http://localhost:8000',
      otlpEndpoint: 'http://localhost:4318',
      sqsEndpoint: 'http://localhost:9324',
      watch: true,
      inspect: { functionName: 'pump', port: 9229 },
      verbose: true,
      help: true,
    });
  });

  it.each([
    [['--nope']],
    [['extra']],
    [['--port']],
    [['--port', 'x']],
    [['--port', '65536']],
    [['--inspect-port', '9229']],
    [['--inspect', '--inspect-port', '0']],
    [['--dynamodb-endpoint', 'localhost']],
    [['--otlp', 'localhost:4318']],
    [['--sqs-endpoint', 'localhost:9324']],
  ])('rejects %j', (args) => expect(() => parseCommandLine(args)).toThrow(UsageError));
});

describe('parseRate', () => {
  it.each([
    ['rate(1 minute)', 60_000],
    ['rate(5 minutes)', 300_000],
    ['rate(2 hours)', 7_200_000],
  ])('converts %s to milliseconds', (expression, expected) => {
    expect(parseRate(expression)).toBe(expected);
  });

  it('rejects a cron expression and quotes it in the message', () => {
    expect(() => parseRate('cron(0 12 * * ? *)')).toThrow('cron(0 12 * * ? *)');
  });
});
