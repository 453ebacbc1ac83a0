import { describe, expect, it } from 'vitest';
import { loadPreset } from '../../../../core/manage/load-preset.ts';
import type { EventType } from '../../../../core/model/event-type.ts';
import { inMemoryPipeline } from '../../../support/pipeline.ts';
import { projectRecord } from '../../../support/records.ts';

const typeNamed = (type: string): EventType => ({
  ...{ type, description: '', schema: null, samples: [], archived: false },
});
const PRESET = { name: 'three', title: 'Three', description: '', eventTypes: ['a', 'b', 'c'].map(typeNamed) };

describe('a preset of three event types', () => {
  const load = async (count: number, limit: number, known: readonly string[] = []) => {
    const { projects, eventTypes } = inMemoryPipeline();
    await projects.create(projectRecord({ id: 'erp' }), known.map(typeNamed));
    let reads = 0;
    const ports = {
      projects,
      eventTypes: {
        add: eventTypes.add,
        get: (project: string, type: string) => {
          reads += 1;
          return eventTypes.get(project, type);
        },
      },
      usage: { count: async () => count },
      limits: { keys: 1, eventTypes: limit },
      presets: [PRESET],
    };
    const loaded = await loadPreset(ports, 'erp', 'three').catch(({ name }) => name);
    return { loaded, reads };
  };

  it('is loaded without reading them if there is room for all', async () => {
    const { loaded, reads } = await load(1, 4, ['a']);
    expect(loaded).toMatchObject({ added: ['b', 'c'], existing: ['a'] });
    expect(reads).toBe(0);
  });

  it('needs room only for those that the project lacks', async () => {
    expect((await load(2, 3, ['a', 'b'])).loaded).toMatchObject({ added: ['c'] });
    expect((await load(2, 3, ['a'])).loaded).toBe('LimitReachedError');
  });

  it('is loaded again by a project that has more event types than it may have by now', async () => {
    expect((await load(9, 3, ['a', 'b', 'c'])).loaded).toMatchObject({ added: [] });
  });
});
