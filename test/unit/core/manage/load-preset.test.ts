import { describe, expect, it } from 'vitest';
import { loadPreset } from '../../../../core/manage/load-preset.ts';
import type { EventType } from '../../../../core/model/event-type.ts';
import { inMemoryPipeline } from '../../../support/pipeline.ts';
import { projectRecord } from '../../../support/records.ts';

const typeNamed = (type: string): EventType => ({
  ...{ type, description: '', schema: null, samples: [], archived: false },
});
const NO_TEXTS = { en: '', fr: '' };
const PRESET = {
  name: 'three',
  description: NO_TEXTS,
  entries: ['a', 'b', 'c'].map((type) => ({ eventType: typeNamed(type), description: NO_TEXTS })),
};

describe('a preset of three event types', () => {
  const load = async (limit: number, known: readonly string[]) => {
    const { projects, eventTypes } = inMemoryPipeline();
    await projects.create(projectRecord({ id: 'erp' }), known.map(typeNamed));
    const ports = { projects, eventTypes, limits: { eventTypes: limit }, presets: [PRESET] };
    return loadPreset(ports, 'erp', 'three').catch(({ name }) => name);
  };

  it('adds those that the project lacks', async () => {
    expect(await load(4, ['a', 'z'])).toEqual({ preset: 'three', added: ['b', 'c'], existing: ['a'] });
  });

  it('needs room only for those', async () => {
    expect(await load(3, ['a', 'b'])).toMatchObject({ added: ['c'] });
    expect(await load(3, ['a', 'z'])).toBe('LimitReachedError');
  });

  it('is loaded again by a project that has more event types than it may have by now', async () => {
    expect(await load(2, ['a', 'b', 'c'])).toMatchObject({ added: [] });
  });
});
