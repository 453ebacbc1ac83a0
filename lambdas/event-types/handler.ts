import { eventTypeFilterSchema } from '../../core/api-schemas/list-query.ts';
import type { CheckFitPorts } from '../../core/fit/check-fit.ts';
import type { FitWarning } from '../../core/fit/fit-warning.ts';
import { schemaFit } from '../../core/fit/schema-fit.ts';
import { spokenWarning } from '../../core/fit/spoken-warning.ts';
import { found } from '../../core/kernel/errors.ts';
import { arrayText, type JsonText, objectText, toJsonText } from '../../core/kernel/json-text.ts';
import { CatalogueTexts } from '../../core/manage/catalogue-texts.ts';
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
import type { Speech } from '../middleware/languages.ts';
import { answerList, type ListPorts } from '../middleware/paging.ts';

type EventTypesHandlerPorts = ApiOptions &
  Omit<PutEventTypePorts, 'catalogueTexts'> &
  LoadPresetPorts &
  ListSamplesPorts &
  CheckFitPorts &
  ListPorts & {
    readonly eventTypes: Pick<EventTypeStore, 'list' | 'delete'>;
  };

export function eventTypesHandler(ports: EventTypesHandlerPorts) {
  const catalogueTexts = new CatalogueTexts(ports.presets);
  /** Return an event type as the caller reads it. */
  const view = (
    eventType: EventType,
    { choose, say }: Speech,
    warning: FitWarning | null = null,
  ): JsonText => {
    const texts = catalogueTexts.of(eventType);
    const spoken = texts === null ? eventType : { ...eventType, description: choose(texts) };
    return textOf(spoken, warning && spokenWarning(warning, say));
  };
  return api('event-types', ports, {
    listEventTypes: (request) =>
      answerList(ports, request, {
        filter: eventTypeFilterSchema,
        read: (page, { includeArchived }) =>
          listEventTypes(ports, request.path.project, includeArchived === 'true', page),
        view: (eventType) => view(eventType, request.speech),
      }),
    getEventType: async ({ path, speech }) => ({
      status: 200,
      body: view(await getEventType(ports, path.project, path.type), speech),
    }),
    putEventType: async ({ path, json, speech }) => {
      const put = await putEventType({ ...ports, catalogueTexts }, path.project, path.type, json.text);
      return { status: 200, body: view(put, speech, await schemaFit(ports, path.project, put)) };
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
    listPresets: async ({ speech }) => ({
      status: 200,
      body: { data: ports.presets.map((preset) => presetView(preset, speech)), cursor: null },
    }),
    loadPreset: async ({ path }) => ({
      status: 200,
      body: await loadPreset(ports, path.project, path.preset),
    }),
  });
}

/** Return the JSON text of an event type, with its schema and samples exactly as they were sent. */
function textOf(
  { type, description, schema, samples, archived }: EventType,
  warning: FitWarning | null,
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
const presetView = ({ name, description, entries }: Preset, { choose }: Speech) => ({
  name,
  description: choose(description),
  eventTypes: entries.map(({ eventType, description }) => ({
    type: eventType.type,
    description: choose(description),
  })),
});
