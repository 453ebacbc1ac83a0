import type { FunctionLog } from '../../../lambdas/middleware/log.ts';

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export const silentLog: FunctionLog = { begin: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Create a logger that keeps its lines. */
export function recordedLog() {
  const lines: LogLine[] = [];
  const at = (level: LogLine['level']) => (message: string, fields: LogLine['fields']) =>
    void lines.push({ level, message, fields });
  const log: FunctionLog = { ...silentLog, info: at('info'), warn: at('warn'), error: at('error') };
  return { log, lines };
}
