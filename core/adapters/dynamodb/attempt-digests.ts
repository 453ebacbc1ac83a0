import type { AttemptDigests } from '../../ports/attempt-digests.ts';
import type { DataTable } from './table.ts';

export function attemptDigests(_table: DataTable): AttemptDigests {
  return {
    async list() {
      return { items: [], cursor: null };
    },
  };
}
