import type { Clock } from '../../../core/kernel/clock.ts';
import type { CreationRecord, CreationStore } from '../../../core/ports/creation-store.ts';

export function inMemoryCreations(clock: Clock): CreationStore {
  const all = new Map<string, CreationRecord>();
  const get = (id: string) => {
    const found = all.get(id);
    return found !== undefined && found.expiresAt > clock() ? found : undefined;
  };
  return {
    async claim(record) {
      const found = get(record.id);
      if (found !== undefined) return found;
      all.set(record.id, record);
      return null;
    },
    async replace(lease, record) {
      if (all.get(record.id)?.lease !== lease) return false;
      all.set(record.id, record);
      return true;
    },
    async remove(id, lease) {
      if (all.get(id)?.lease === lease) all.delete(id);
    },
  };
}
