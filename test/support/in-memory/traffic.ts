import type { Stretch } from '../../../core/model/traffic.ts';
import type { TrafficStore } from '../../../core/ports/traffic-store.ts';

export function inMemoryTraffic(): TrafficStore {
  const all: { project: string; stretch: Stretch }[] = [];
  return {
    async add(project, stretch) {
      all.push({ project, stretch });
    },
    async read(project, since, until) {
      return all
        .filter((one) => one.project === project && one.stretch.at >= since && one.stretch.at < until)
        .map(({ stretch }) => stretch);
    },
  };
}
