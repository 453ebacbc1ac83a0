import { eventTypeFilterSchema } from '../../core/api-schemas/list-query.ts';
import type { CheckFitPorts } from '../../core/fit/check-fit.ts';
import type { FitWarning } from '../../core/fit/fit-warning.ts';
import { schemaFit } from '../../core/fit/schema-fit.ts';
import { found } from '../../core/kernel/errors.ts';
import { arrayText, type JsonText, objectText, toJsonText } from '../../core/kernel/json-text.ts';
import {
  deleteEventType,
  getEventType,
  listEventTypes,
  type PutEventTypePorts,
  putEventType,
} from '../../core/manage/event-types.ts';
import { type LoadPresetPorts, loadPreset } from '../../core/manage/load-preset.ts';
import type { EventType } from '../../core/model/event-type.ts';
import { eventTypeNameSchema } from '../../core/model/event-type-name.ts';
import type { Preset } from '../../core/model/preset.ts';
import type { EventTypeStore } from '../../core/ports/event-type-store.ts';
import { type ListSamplesPorts, listSamples } from '../../core/read/samples.ts';
import { type ApiOptions, api } from '../middleware/api.ts';
import { answerList, type ListPorts } from '../middleware/paging.ts';

type EventTypesHandlerPorts = ApiOptions &
  PutEventTypePorts &
  LoadPresetPorts &
  ListSamplesPorts &
  CheckFitPorts &
  ListPorts & {
    readonly eventTypes: Pick<EventTypeStore, 'list' | 'delete'>;
  };

export function eventTypesHandler(ports: EventTypesHandlerPorts) {
  return api('event-types', ports, {
    listEventTypes: (request) =>
      answerList(ports, request, {
        filter: eventTypeFilterSchema,
        read: (page, { includeArchived }) =>
          listEventTypes(ports, request.path.project, includeArchived === 'true', page),
        view: (eventType) => view(eventType),
      }),
    getEventType: async ({ path }) => ({
      status: 200,
      body: view(await getEventType(ports, path.project, path.type)),
    }),
    putEventType: async ({ path, json }) => {
      const eventType = await putEventType(ports, path.project, path.type, json.text);
      return { status: 200, body: view(eventType, await schemaFit(ports, path.project, eventType)) };
    },
    deleteEventType: async ({ path }) => {
      await deleteEventType(ports, path.project, path.type);
      return { status: 204 };
    },
    listSamples: async ({ path: { project, type } }) => {
      const isType = eventTypeNameSchema.safeParse(type).success;
      const data = found(isType ? await listSamples(ports, project, type) : null, 'event type', type);
      return { status: 200, body: objectText({ data: arrayText(data), cursor: toJsonText(null) }) };
    },
    listPresets: async () => ({
      status: 200,
      body: { data: ports.presets.map(presetView), cursor: null },
    }),
    loadPreset: async ({ path }) => ({
      status: 200,
      body: await loadPreset(ports, path.project, path.preset),
    }),
  });
}

/** Return the JSON text of an event type, with its schema and samples exactly as they were sent. */
function view(
  { type, description, schema, samples, archived }: EventType,
  warning: FitWarning | null = null,
): JsonText {
  return objectText({
    type: toJsonText(type),
    description: toJsonText(description),
    schema: schema ?? toJsonText(null),
    samples: arrayText(samples),
    archived: toJsonText(archived),
    warnings: warning === null ? undefined : toJsonText([warning]),
  });
}

/** Omit the samples, which make up most of a preset. */
const presetView = ({ name, description, eventTypes }: Preset) => ({
  name,
  description,
  eventTypes: eventTypes.map(({ type, description }) => ({ type, description })),
});
