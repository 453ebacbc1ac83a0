import type { Clock } from '../../../core/kernel/clock.ts';
import type { Lease, LeaseStore } from '../../../core/ports/lease-store.ts';

export function inMemoryLeases(clock: Clock): LeaseStore {
  const all = new Map<string, Lease>();
  return {
    async take(lease) {
      const taken = all.get(lease.name);
      if (taken !== undefined && taken.endsAt > clock() && taken.holder !== lease.holder) return false;
      all.set(lease.name, lease);
      return true;
    },
    async release({ name, holder }) {
      if (all.get(name)?.holder === holder) all.delete(name);
    },
  };
}
