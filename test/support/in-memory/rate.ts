import type { PublishPorts } from '../../../core/publish/publish.ts';

/** The rate of projects that may publish as fast as they like. */
export const UNLIMITED: PublishPorts['rate'] = { take: async () => ({ isAdmitted: true, from: 0 }) };
