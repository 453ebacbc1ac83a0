import type { ExchangeCounts } from '../../../core/ports/exchange-counts.ts';

export function inMemoryExchangeCounts(): ExchangeCounts {
  const counts = new Map<string, number>();
  const add = async (name: string, from: number, amount: number) => {
    const key = `${name} ${from}`;
    const count = (counts.get(key) ?? 0) + amount;
    counts.set(key, count);
    return count;
  };
  return {
    addFailures: (subscriptionId, minute, failures) =>
      add(`subscription ${subscriptionId}`, minute, failures),
    addBytes: (project, day, bytes) => add(`project ${project}`, day, bytes),
    bytes: async (project, day) => counts.get(`project ${project} ${day}`) ?? 0,
  };
}
