/** A line of a function's log in the form for a terminal. */
interface ReadableLine {
  readonly text: string;
  /** Whether the line is a warning or an error. */
  readonly isWarning: boolean;
}

const WARNINGS = new Set(['WARN', 'ERROR', 'CRITICAL', 'FATAL']);

/** Fields that connect lines in CloudWatch and are not useful on a terminal, or that are shown separately. */
const LEFT_OUT = new Set(['level', 'message', 'timestamp', 'service', 'requestId', 'traceId', 'coldStart']);

/** Format a JSON line of a function or the runtime as `LEVEL message name=value …`. Return other lines unchanged. */
export function readableLine(line: string): ReadableLine {
  const parsed = jsonObject(line);
  if (parsed === null) return { text: line, isWarning: false };
  if ('_aws' in parsed) {
    const { _aws, service: _service, stage: _stage, ...metrics } = parsed;
    return { text: `METRICS ${pairs(metrics)}`, isWarning: false };
  }
  const { level, message, error, ...fields } = parsed;
  if (typeof level !== 'string' || typeof message !== 'string') return { text: line, isWarning: false };
  const stack = (error as { stack?: unknown } | undefined)?.stack ?? fields.stackTrace;
  const { stackTrace: _, ...rest } = fields;
  const text = [level, message, pairs(rest)].filter((part) => part !== '').join(' ');
  return { text: text + stackText(stack), isWarning: WARNINGS.has(level) };
}

function jsonObject(line: string): Record<string, unknown> | null {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

const pairs = (fields: Record<string, unknown>): string =>
  Object.entries(fields)
    .filter(([name]) => !LEFT_OUT.has(name))
    .map(([name, value]) => `${name}=${valueText(value)}`)
    .join(' ');

function valueText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /\s/.test(text) ? JSON.stringify(text) : text;
}

function stackText(stack: unknown): string {
  const lines = Array.isArray(stack) ? stack : typeof stack === 'string' ? stack.split('\n') : [];
  return lines.map((each) => `\n    ${String(each).trim()}`).join('');
}
