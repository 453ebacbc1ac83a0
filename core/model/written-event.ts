import type { WriteFormat } from '../contract.ts';
import { ValidationError } from '../kernel/errors.ts';
import { shortHash } from '../kernel/ids.ts';
import { isObjectText } from '../kernel/json-text.ts';
import type { PublishedEvent } from './event.ts';

/**
 * Return a published event as a stage with this format accepts it. Format 1 has no place for the attributes of CloudEvents, and
 * keeps the publisher's id. In format 2 an id with a source is derived from both: the same id of another source is another event.
 *
 * @throws ValidationError if the format has no place for the data
 */
export function writtenEvent(published: PublishedEvent, writeFormat: WriteFormat): PublishedEvent {
  if (writeFormat === 1) {
    const { cloudEvent: _, dataForm: __, ...event } = published;
    if (!isObjectText(event.data)) throw ValidationError.of([{ path: 'data', message: 'is not an object' }]);
    return event;
  }
  const { id, source } = published;
  return id === undefined || source === undefined
    ? published
    : { ...published, id: derivedId(source, id), publisherId: id };
}

const derivedId = (source: string, id: string) => `evt_${shortHash(source, id)}`;

/** Return the id of an event in format 1 whose own id belongs to an event of another source. */
export const idBesideAnother = (id: string, source = ''): string => `${id}-${shortHash(source)}`;

/** Return the ids that an event with a source may have been stored with, in any format. */
export const possibleIds = (source: string, id: string): readonly string[] => [
  derivedId(source, id),
  id,
  idBesideAnother(id, source),
];
