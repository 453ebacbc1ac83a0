import * as z from 'zod';
import { views } from './components.ts';
import { jsonAnswer, type Operations } from './operation.ts';

const presetList = views.add(
  'PresetList',
  z.strictObject({
    data: z.array(
      z.strictObject({
        name: z.string(),
        description: z.string(),
        eventTypes: z.array(z.strictObject({ type: z.string(), description: z.string().nullable() })),
      }),
    ),
    cursor: z.null(),
  }),
  {
    description: 'All of them, without their samples.',
    examples: [
      {
        data: [
          {
            name: 'hirehop',
            description: "HireHop's webhooks: jobs, invoices, contacts",
            eventTypes: [{ type: 'job.created', description: 'A job was created' }],
          },
        ],
        cursor: null,
      },
    ],
  },
);

const loadedPreset = views.add(
  'LoadedPreset',
  z.strictObject({
    preset: z.string(),
    added: z.array(z.string()).describe('Event types that were registered, with their samples.'),
    existing: z.array(z.string()).describe('Event types that the project had. They are as they were.'),
  }),
  { examples: [{ preset: 'hirehop', added: ['job.created'], existing: ['job.updated'] }] },
);

export const presets = {
  listPresets: {
    tag: 'Event types',
    summary: 'List presets: event types of known systems',
    answers: { 200: jsonAnswer('The presets.', presetList) },
  },
  loadPreset: {
    tag: 'Event types',
    summary: 'Load a preset',
    description:
      'Registers its event types with descriptions and samples. Those that the project has already stay as they are, ' +
      'so it may be sent as often as you like.',
    answers: { 200: jsonAnswer('What was added, and what was there.', loadedPreset) },
  },
} satisfies Operations;
