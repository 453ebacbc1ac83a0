import * as z from 'zod';
import { newKeySchema, newProjectSchema, projectPatchSchema } from '../api-schemas/project.ts';
import { companyIdSchema } from '../model/project-id.ts';
import { bodies, named, views } from './components.ts';
import { listQuery, pageOf } from './listing.ts';
import { chapter, gone, jsonBody, jsonResponse } from './operation.ts';

const SETTABLE = {
  name: 'A name for people.',
  exportKey:
    'HireHop’s `export_key`, the only authentication of its receivers. Keys with the scope `read` can see it, here and in ' +
    'the logged bodies that contain it.',
  companyId: 'HireHop’s `company_id`, sent as given. HireHop’s own is a number.',
  siteUrl:
    'The address of the Frappe site that the project stands in for, such as `https://erp.example.com`. Templates make links ' +
    'with it (`frappe.get_url`, `utils.get_url_to_form`). Absent if there is none.',
  retentionDays:
    'How many days events and their attempts are kept. Must be longer than the retry schedules of the project’s subscriptions.',
  frappeVersion:
    'Which version of Frappe new webhooks of Frappe’s API are retried like, and how their request log shows them. 16: after 5 min, 30 min, ' +
    '2 h, 5 h, 10 h and 10 h, and a row for each delivery. 15: after 1 and 4 s, and a row for each attempt. 16 unless the creation says otherwise.',
};

named('CompanyId', companyIdSchema);
const frappeVersion = newProjectSchema.shape.frappeVersion.unwrap();
named('FrappeVersion', frappeVersion);
named('Scope', newKeySchema.shape.scopes.element);

const newProject = bodies.add('NewProject', newProjectSchema, {
  fields: {
    ...SETTABLE,
    retentionDays: `${SETTABLE.retentionDays} Default: the stage’s setting, which is 30 unless configured.`,
    id: '1 to 63 letters, digits, `-` and `_`. It cannot be changed.',
  },
  example: { id: 'erp', name: 'Our ERP', retentionDays: 60 },
});

const projectPatch = bodies.add('ProjectPatch', projectPatchSchema, {
  description: 'Merged at the top level.',
  fields: SETTABLE,
  example: { retentionDays: 90 },
});

const project = views.add(
  'Project',
  z.strictObject({
    id: z.string(),
    name: z.string().nullable(),
    exportKey: z.string().nullable(),
    companyId: z.nullable(companyIdSchema),
    siteUrl: z.url().optional(),
    retentionDays: z.int(),
    frappeVersion,
    createdAt: z.iso.datetime(),
  }),
  {
    fields: SETTABLE,
    example: {
      id: 'erp',
      name: 'Our ERP',
      exportKey: null,
      companyId: null,
      retentionDays: 60,
      frappeVersion: 16,
      createdAt: '2026-11-21T20:04:48.000Z',
    },
  },
);

const KEY_FIELDS = {
  name: 'A name for people.',
  scopes:
    '`admin`: everything, in every project. `manage`: subscriptions, event types and keys of the project, and reading. ' +
    '`publish`: publishing to the project. `read`: reading in it. A key can grant only scopes that it has; `manage` may ' +
    'grant `publish` as well.',
};

const newKey = bodies.add('NewKey', newKeySchema, {
  fields: KEY_FIELDS,
  example: { name: 'ERP in production', scopes: ['publish', 'read'] },
});

const keyShape = {
  id: z.string(),
  name: z.string(),
  scopes: z.array(newKeySchema.shape.scopes.element),
  createdAt: z.iso.datetime(),
};
const keyExample = {
  id: 'key_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
  name: 'ERP in production',
  scopes: ['publish', 'read'],
  createdAt: '2026-11-21T20:04:48.000Z',
};

const key = views.add('Key', z.strictObject(keyShape), { fields: KEY_FIELDS, example: keyExample });

const createdKey = views.add('CreatedKey', z.strictObject({ ...keyShape, secret: z.string() }), {
  fields: {
    ...KEY_FIELDS,
    secret: 'The API key to send as `Bearer`. It is shown only once, because just its SHA-256 is stored.',
  },
  example: { ...keyExample, secret: 'ancrage_key_2Zl1n0c8nTq3m5bVb1m2o7y4x6w8u0s9r1q3p5o7n9m' },
});

const ownKey = views.add('OwnKey', z.strictObject({ ...keyShape, project: z.string() }), {
  fields: KEY_FIELDS,
  example: { ...keyExample, project: 'erp' },
});

const used = views.add('UsedOfLimit', z.strictObject({ used: z.int().min(0), limit: z.int().min(1) }));
const some = { used: 3, limit: 100 };

const usage = views.add(
  'Usage',
  z.strictObject({
    events: z.strictObject({
      perSecond: z.int().min(1),
      burst: z.int().min(1),
      available: z.int().min(0),
    }),
    bytesToday: used,
    loggedBytesToday: z.strictObject({ used: z.int().min(0), limit: z.int().min(0) }),
    ...{ subscriptions: used, keys: used, eventTypes: used, tests: used, jobs: used },
  }),
  {
    fields: {
      events:
        'How many events the project may publish in a second, how many at once after a quiet time, and how many now.',
      bytesToday: 'What the project has published since midnight (UTC).',
      loggedBytesToday: 'What the request log has kept in full since midnight (UTC).',
      subscriptions: 'Its subscriptions.',
      keys: 'Its API keys.',
      eventTypes: 'Its event types.',
      tests: 'Its open test requests.',
      jobs: 'Its running replays.',
    },
    example: {
      events: { perSecond: 100, burst: 5000, available: 4980 },
      bytesToday: { used: 123_456, limit: 10_000_000_000 },
      loggedBytesToday: { used: 20_480, limit: 100_000_000 },
      subscriptions: { used: 25, limit: 10_000 },
      ...{ keys: some, eventTypes: { used: 40, limit: 1000 } },
      ...{ tests: { used: 0, limit: 5 }, jobs: { used: 1, limit: 20 } },
    },
  },
);

export const projects = chapter('Projects', {
  createProject: {
    summary: 'Create a project',
    description: 'The project starts with Weavy’s six standard event types.',
    body: jsonBody(newProject),
    once: true,
    responses: { 201: jsonResponse('The project.', project) },
    problems: {
      409:
        'The id is taken, or events of a deleted project with this id have yet to expire; or a request with this ' +
        '`Idempotency-Key` is in progress, or another API key used it.',
    },
  },
  listProjects: {
    summary: 'List projects',
    query: listQuery(),
    responses: { 200: jsonResponse('A page of projects, newest first.', pageOf('ProjectPage', project)) },
  },
  getProject: {
    summary: 'Show a project',
    responses: { 200: jsonResponse('The project.', project) },
  },
  changeProject: {
    summary: 'Change a project',
    description: 'New `retentionDays` apply to events that are published from then on.',
    body: jsonBody(projectPatch),
    responses: { 200: jsonResponse('The project after the change.', project) },
    problems: { 409: 'Other requests kept changing the project at the same time.' },
  },
  getProjectUsage: {
    summary: 'Show what a project uses of its limits',
    description:
      'The limits are settings of the stage. Beyond `events` and `bytesToday`, publishing over HTTPS is a 429 with ' +
      '`Retry-After`, and events from the queue wait. Beyond `loggedBytesToday`, attempts are logged in 1 KB. Beyond the ' +
      'others, creations and tests are a 429.',
    responses: { 200: jsonResponse('The usage and the limits.', usage) },
  },
  deleteProject: {
    summary: 'Delete a project',
    description:
      'The project disappears at once, with its keys, subscriptions and event types. Its events and attempts expire when ' +
      'they would have anyway; its id cannot be reused for the longest `retentionDays` that it ever had.',
    responses: { 204: gone },
    problems: {
      404: 'The key belongs to another project and lacks the scope `admin`.',
      503: 'One request could not remove everything. Send it again to continue.',
    },
  },
});

export const keys = chapter('Keys', {
  getOwnKey: {
    summary: 'Show the caller’s key',
    description: 'The key’s project and scopes. For a token, the key that it was issued for.',
    responses: { 200: jsonResponse('The key.', ownKey) },
  },
  revokeToken: {
    summary: 'Revoke the caller’s token',
    description:
      'Send the token that `POST /v1/Authenticate` issued. Functions may accept it for up to another minute.',
    responses: { 204: gone },
    problems: { 409: 'The request was made with a key instead of a token.' },
  },
  createKey: {
    summary: 'Create a key',
    body: jsonBody(newKey),
    once: true,
    responses: { 201: jsonResponse('The key with its secret.', createdKey) },
    problems: {
      403: 'The key lacks the scope `manage`, or a scope that it would grant.',
      409: 'A request with this `Idempotency-Key` is in progress, or another API key used it.',
      429: 'The project has as many keys as it may have, or API Gateway throttles the request.',
    },
  },
  listKeys: {
    summary: 'List keys',
    query: listQuery(),
    responses: {
      200: jsonResponse('A page of keys without their secrets, newest first.', pageOf('KeyPage', key)),
    },
  },
  deleteKey: {
    summary: 'Delete a key',
    description:
      'The key and its tokens change nothing from then on. They may read and publish for another minute.',
    responses: { 204: gone },
    problems: { 403: 'The key lacks the scope `manage`, or a scope of the key to delete.' },
  },
});
