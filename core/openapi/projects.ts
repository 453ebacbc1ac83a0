import * as z from 'zod';
import { newKeySchema, newProjectSchema, projectPatchSchema } from '../api-schemas/project.ts';
import { SCOPES } from '../model/api-key.ts';
import { companyIdSchema } from '../model/project-id.ts';
import { bodies, views } from './components.ts';
import { listQuery, pageOf } from './listing.ts';
import { gone, jsonAnswer, jsonBody, type Operations } from './operation.ts';

const SETTABLE = {
  name: 'For you.',
  exportKey:
    'HireHop’s `export_key`, its receivers’ only authentication. Whoever may read sees it, as in the bodies that have it.',
  companyId: 'HireHop’s `company_id`, sent as it is given: HireHop’s own is a number.',
  retentionDays:
    'Days that events and their attempts are kept. Must outlast the schedules of the project’s subscriptions.',
};

const newProject = bodies.add('NewProject', newProjectSchema, {
  fields: {
    ...SETTABLE,
    retentionDays: `${SETTABLE.retentionDays} Without it, as many as the stage says: 30, or its own.`,
    id: 'Yours to choose, once: 1 to 63 letters, digits, `-` and `_`.',
  },
  examples: [{ id: 'erp', name: 'Our ERP', retentionDays: 60 }],
});

const projectPatch = bodies.add('ProjectPatch', projectPatchSchema, {
  description: 'Merged at the top level.',
  fields: SETTABLE,
  examples: [{ retentionDays: 90 }],
});

const project = views.add(
  'Project',
  z.strictObject({
    id: z.string(),
    name: z.string().nullable(),
    exportKey: z.string().nullable(),
    companyId: z.nullable(companyIdSchema),
    retentionDays: z.int(),
    createdAt: z.iso.datetime(),
  }),
  {
    fields: SETTABLE,
    examples: [
      {
        id: 'erp',
        name: 'Our ERP',
        exportKey: null,
        companyId: null,
        retentionDays: 60,
        createdAt: '2026-11-21T20:04:48.000Z',
      },
    ],
  },
);

const KEY_FIELDS = {
  name: 'For you.',
  scopes:
    '`admin`: everything, in every project. `manage`: subscriptions, event types and keys of the project, and read. ' +
    '`publish`: publish to it. `read`: read in it. Nobody gives away what they do not have; `manage` may give `publish`.',
};

const newKey = bodies.add('NewKey', newKeySchema, {
  fields: KEY_FIELDS,
  examples: [{ name: 'ERP in production', scopes: ['publish', 'read'] }],
});

const keyShape = {
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  createdAt: z.iso.datetime(),
};
const keyExample = {
  id: 'key_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
  name: 'ERP in production',
  scopes: ['publish', 'read'],
  createdAt: '2026-11-21T20:04:48.000Z',
};

const key = views.add('Key', z.strictObject(keyShape), { fields: KEY_FIELDS, examples: [keyExample] });

const createdKey = views.add('CreatedKey', z.strictObject({ ...keyShape, secret: z.string() }), {
  fields: {
    ...KEY_FIELDS,
    secret: 'The API key that goes behind `Bearer`. Shown this once; only its SHA-256 is stored.',
  },
  examples: [{ ...keyExample, secret: 'ancrage_key_2Zl1n0c8nTq3m5bVb1m2o7y4x6w8u0s9r1q3p5o7n9m' }],
});

const ownKey = views.add('OwnKey', z.strictObject({ ...keyShape, project: z.string() }), {
  fields: KEY_FIELDS,
  examples: [{ ...keyExample, project: 'erp' }],
});

export const projects = {
  createProject: {
    tag: 'Projects',
    summary: 'Make a project',
    description: 'It starts with Weavy’s six standard event types.',
    body: jsonBody(newProject),
    once: true,
    answers: { 201: jsonAnswer('The project.', project) },
    problems: {
      409:
        'There is such a project, or what a deleted one of this id left has yet to expire; or a request with this ' +
        '`Idempotency-Key` is under way.',
    },
  },
  listProjects: {
    tag: 'Projects',
    summary: 'List projects',
    query: listQuery(),
    answers: { 200: jsonAnswer('A page of projects, the newest first.', pageOf('ProjectPage', project)) },
  },
  getProject: {
    tag: 'Projects',
    summary: 'Show a project',
    answers: { 200: jsonAnswer('The project.', project) },
  },
  changeProject: {
    tag: 'Projects',
    summary: 'Change a project',
    description: 'Other `retentionDays` hold for what is published from then on.',
    body: jsonBody(projectPatch),
    answers: { 200: jsonAnswer('The project as it is now.', project) },
    problems: { 409: 'It was changed meanwhile.' },
  },
  deleteProject: {
    tag: 'Projects',
    summary: 'Delete a project',
    description:
      'It is gone at once, with its keys, subscriptions and event types. Its events and attempts expire when they would ' +
      'have; until then its id cannot be used again.',
    answers: { 204: gone },
    problems: {
      404: 'It is another’s, and the key is of no admin.',
      503: 'There is more of it than one request can remove. Send it again: it goes on.',
    },
  },
  getOwnKey: {
    tag: 'Keys',
    summary: 'Show the key that calls',
    description: 'Its project and what it is allowed; behind a token, the key that it was given for.',
    answers: { 200: jsonAnswer('The key.', ownKey) },
  },
  createKey: {
    tag: 'Keys',
    summary: 'Make a key',
    body: jsonBody(newKey),
    once: true,
    answers: { 201: jsonAnswer('The key with its secret.', createdKey) },
    problems: {
      403: 'The key has not the scope `manage`, or not a scope that it would give.',
      409: 'A request with this `Idempotency-Key` is under way.',
    },
  },
  listKeys: {
    tag: 'Keys',
    summary: 'List keys',
    query: listQuery(),
    answers: {
      200: jsonAnswer('A page of keys without their secrets, the newest first.', pageOf('KeyPage', key)),
    },
  },
  deleteKey: {
    tag: 'Keys',
    summary: 'Delete a key',
    description: 'It and its tokens work for at most another minute.',
    answers: { 204: gone },
    problems: { 403: 'The key has not the scope `manage`, or not a scope that it would take.' },
  },
} satisfies Operations;
