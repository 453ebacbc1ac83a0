import * as z from 'zod';
import { views } from './components.ts';
import { chapter, jsonResponse } from './operation.ts';

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
    cursor: z.string().nullable().describe('Always null.'),
  }),
  {
    description: 'All presets, without their samples.',
    example: {
      data: [
        {
          name: 'hirehop',
          description: "HireHop's webhooks: jobs, invoices, contacts",
          eventTypes: [{ type: 'job.created', description: 'A job was created' }],
        },
      ],
      cursor: null,
    },
  },
);

const loadedPreset = views.add(
  'LoadedPreset',
  z.strictObject({
    preset: z.string(),
    added: z.array(z.string()).describe('Event types that were registered, with their samples.'),
    existing: z.array(z.string()).describe('Event types that the project already had. They are unchanged.'),
  }),
  { example: { preset: 'hirehop', added: ['job.created'], existing: ['job.updated'] } },
);

export const presets = chapter('Event types', {
  listPresets: {
    summary: 'List presets: event types of known systems',
    responses: { 200: jsonResponse('The presets.', presetList) },
  },
  loadPreset: {
    summary: 'Load a preset',
    description:
      'Registers the preset’s event types with descriptions and samples. Types that the project already has are left ' +
      'unchanged, so the request may be repeated.',
    responses: {
      200: jsonResponse('The event types that were added, and those that existed.', loadedPreset),
    },
    problems: {
      429: 'The project would have more event types than it may have, or API Gateway throttles the request.',
    },
  },
});
