import { eventTypeFilterSchema } from '../../core/api-schemas/list-query.ts';
import { found } from '../../core/kernel/errors.ts';
import { arrayText, type JsonText, objectText, toJsonText } from '../../core/kernel/json-text.ts';
import type { ManageEventTypes } from '../../core/manage/event-types.ts';
import type { loadPreset } from '../../core/manage/presets.ts';
import type { EventType } from '../../core/model/event-type.ts';
import { eventTypeNameSchema } from '../../core/model/event-type-name.ts';
import type { Preset } from '../../core/model/preset.ts';
import type { ProjectStore } from '../../core/ports/project-store.ts';
import type { samples } from '../../core/read/samples.ts';
import { api } from '../middleware/api.ts';
import type { FunctionLog } from '../middleware/log.ts';
import type { AnswerList } from '../middleware/paging.ts';

export interface EventTypesHandlerDependencies {
  readonly manage: ManageEventTypes;
  readonly samples: ReturnType<typeof samples>;
  readonly presets: readonly Preset[];
  readonly loadPreset: ReturnType<typeof loadPreset>;
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly answerList: AnswerList;
  readonly log: FunctionLog;
}

const COLLECTION = '/v1/projects/{project}/event-types';
const ONE = `${COLLECTION}/{type}`;
const PRESETS = '/v1/projects/{project}/presets';

export function eventTypesHandler({
  manage,
  samples,
  presets,
  loadPreset,
  projects,
  answerList,
  log,
}: EventTypesHandlerDependencies) {
  return api(
    { log, projects },
    {
      [`GET ${COLLECTION}`]: {
        scope: 'read',
        run: (request) =>
          answerList(request, {
            filter: eventTypeFilterSchema,
            read: (page, { includeArchived }) =>
              manage.list(request.path.project, includeArchived === 'true', page),
            view,
          }),
      },
      [`GET ${ONE}`]: {
        scope: 'read',
        run: async ({ path }) => ({ status: 200, body: view(await manage.get(path.project, path.type)) }),
      },
      [`PUT ${ONE}`]: {
        scope: 'manage',
        run: async ({ path, document }) => {
          const eventType = await manage.put(path.project, path.type, (await document()).text);
          return { status: 200, body: view(eventType) };
        },
      },
      [`DELETE ${ONE}`]: {
        scope: 'manage',
        run: async ({ path }) => {
          await manage.remove(path.project, path.type);
          return { status: 204 };
        },
      },
      [`GET ${PRESETS}`]: {
        scope: 'read',
        run: async () => ({ status: 200, body: { data: presets.map(presetView), cursor: null } }),
      },
      [`PUT ${PRESETS}/{preset}`]: {
        scope: 'manage',
        run: async ({ path }) => ({ status: 200, body: await loadPreset(path.project, path.preset) }),
      },
      [`GET ${ONE}/samples`]: {
        scope: 'read',
        run: async ({ path: { project, type } }) => {
          const isType = eventTypeNameSchema.safeParse(type).success;
          const data = found(isType ? await samples(project, type) : null, 'event type', type);
          return { status: 200, body: objectText({ data: arrayText(data), cursor: toJsonText(null) }) };
        },
      },
    },
  );
}

/** As text: a schema and samples are shown as they were given. */
function view({ type, description, schema, samples, archived }: EventType): JsonText {
  return objectText({
    type: toJsonText(type),
    description: toJsonText(description),
    schema: schema ?? toJsonText(null),
    samples: arrayText(samples),
    archived: toJsonText(archived),
  });
}

/** Without their samples, which make most of it: whoever wants them loads the preset. */
const presetView = ({ name, description, eventTypes }: Preset) => ({
  name,
  description,
  eventTypes: eventTypes.map(({ type, description }) => ({ type, description })),
});
