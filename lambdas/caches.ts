import { cached } from '../core/kernel/cache.ts';
import type { ErasureStore } from '../core/ports/erasure-store.ts';
import type { ProjectStore } from '../core/ports/project-store.ts';
import type { SubscriptionStore } from '../core/ports/subscription-store.ts';
import { clock } from './environment.ts';

const MB = 1024 * 1024;

/** An eighth of the memory of the functions that use it: fifteen thousand ordinary subscriptions, or 500 of the largest. */
export const cacheSubscriptions = ({ get }: Pick<SubscriptionStore, 'get'>) =>
  cached(get, { maxAgeMs: 10_000, maxBytes: 64 * MB, clock });

/** Four thousand projects. */
export const cacheProjects = ({ get }: Pick<ProjectStore, 'get'>, maxAgeMs: number) =>
  cached(get, { maxAgeMs, maxBytes: 4 * MB, clock });

/** As many projects. */
export const cacheErasures = ({ latest }: Pick<ErasureStore, 'latest'>) =>
  cached(latest, { maxAgeMs: 10_000, maxBytes: MB, clock }).get;
