import * as z from 'zod';
import { MAX_MISFITS } from '../fit/fit-warning.ts';
import { views } from './components.ts';

/** The setting from which no request can be made, and where it fails. */
export const renderFault = views.add(
  'RenderFault',
  z.strictObject({
    setting: views.add('RenderedSetting', z.enum(['condition', 'template', 'url'])),
    line: z.int().min(1).describe('The line of its text.'),
  }),
);

const misfit = views.add(
  'Misfit',
  z.strictObject({
    type: z.string().describe('Its event type.'),
    eventId: z.string().nullable().describe('Null for a sample.'),
    sample: z
      .int()
      .min(1)
      .nullable()
      .describe('The number of the sample among those of its type. Null for an event.'),
    detail: z.string().describe('Why it does not fit.'),
    fault: renderFault.optional().describe('The setting that is at fault, if it is known.'),
  }),
);

const warning = views.add(
  'FitWarning',
  z.strictObject({
    kind: views
      .add('FitWarningKind', z.enum(['render', 'schema', 'unchecked']))
      .describe(
        '`render`: no request can be made from some samples or events. `schema`: some do not satisfy the schema. `unchecked`: the ' +
          'check failed, or took too long.',
      ),
    detail: z.string().describe('A sentence for people.'),
    checked: z.int().min(0).describe('How many samples and events were checked.'),
    failed: z.int().min(0).describe('How many of these do not fit.'),
    stoppedEarly: z.boolean().describe('Whether there are more, for which the check had no time or no room.'),
    misfits: z
      .array(misfit)
      .max(MAX_MISFITS)
      .describe('The first of those that do not fit: samples, then events, the newest first.'),
  }),
  {
    description:
      'What was saved does not fit samples or the latest events. The check covers the samples of the matched types and their ' +
      'latest 100 events, up to 4 MB, and ends after a second.',
    example: {
      kind: 'render',
      detail: 'Samples and events checked: 12. No request can be made from 1 of them.',
      checked: 12,
      failed: 1,
      stoppedEarly: false,
      misfits: [
        {
          type: 'invoice.paid',
          eventId: 'invoice-1-paid',
          sample: null,
          detail: 'line 3: None has no attribute "name"',
          fault: { setting: 'template', line: 3 },
        },
      ],
    },
  },
);

/** The member of an answer to a request that saves something. */
export const warnings = z
  .array(warning)
  .optional()
  .describe(
    'Only in the answer to a request that saves, and only if there is something to warn of: what was saved does not fit ' +
      'samples or the latest events.',
  );
