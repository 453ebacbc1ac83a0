import type { Clock } from '../../../core/kernel/clock.ts';
import type { FanOutPosition } from '../../../core/model/event-message.ts';
import type { FanOutPositions, FanOutRun } from '../../../core/ports/fan-out-positions.ts';

export function inMemoryFanOutPositions(clock: Clock): FanOutPositions {
  const all = new Map<string, FanOutPosition & { readonly expiresAt: number }>();
  const keyOf = ({ event: { project, id }, replay }: FanOutRun) => `${project}#${id}#${replay?.id ?? ''}`;
  const alive = (run: FanOutRun) => {
    const known = all.get(keyOf(run));
    return known !== undefined && known.expiresAt > clock() ? known : null;
  };
  return {
    async get(run) {
      const known = alive(run);
      return known && { pattern: known.pattern, cursor: known.cursor };
    },
    async move(run, from, { pattern, cursor }) {
      const known = alive(run);
      if (known?.pattern !== from?.pattern || known?.cursor !== from?.cursor) return false;
      all.set(keyOf(run), { pattern, cursor, expiresAt: run.event.expiresAt });
      return true;
    },
  };
}
