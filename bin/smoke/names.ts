import * as z from 'zod';
import { callApi } from '../admin/api.ts';
import { CheckError } from './check.ts';
import { eventIsLogged } from './events.ts';
import { pathOf, type Subject } from './subject.ts';

const TYPE = 'smoke.name';

/** An id that a path can carry as it is, and one of each kind that a gateway or a client would change. */
const namesOf = ({ run }: Subject): string[] => [
  `smoke-${run}-plain`,
  `smoke-${run}/slash`,
  `smoke-${run}?question`,
  `smoke-${run}-50%25`,
  `~smoke-${run}`,
  `smoke-${run}-évènement⚓`,
];

const publishedSchema = z.looseObject({ ids: z.array(z.string()) });

/** Publish an event with an id of each kind, which nobody receives, and find each through every address of the API. */
export async function namesAreFound(subject: Subject, addresses: readonly string[]): Promise<number> {
  const names = namesOf(subject);
  const events = names.map((id) => ({ type: TYPE, id, suppress: true, data: {} }));
  const { ids } = publishedSchema.parse(
    await callApi(subject.api, 'POST', pathOf(subject, 'events'), events),
  );
  if (ids.join('\n') !== names.join('\n'))
    throw new CheckError(`the events have the ids ${names.join(', ')}`, ids.join(', '));
  for (const url of addresses)
    for (const name of names) {
      const { id } = await eventIsLogged({ ...subject, api: { ...subject.api, url } }, name);
      if (id !== name) throw new CheckError(`the event ${name} is found at ${url}`, `the event ${id}`);
    }
  return names.length;
}
