import { RenderError } from '../../kernel/errors.ts';
import { isObjectText, type JsonText, membersOf, objectText, toJsonText } from '../../kernel/json-text.ts';
import type { Event } from '../../model/event.ts';
import { type BodyFormat, JSON_TYPE } from './body-format.ts';

const NULL = 'null' as JsonText;

/**
 * HireHop's webhooks (https://www.hirehop.com/blog/webhooks/), keys in its order. Their only authentication is the project's
 * export key, and HireHop sends each webhook once, whatever the response.
 */
export const hirehop: BodyFormat = {
  description: 'as HireHop sends it, by default once and unsigned',
  defaults: { retry: 'none', signature: 'none' },
  needsProject: () => true,
  render({ event, scope: { now }, project }) {
    if (project === null) throw new RenderError(`There is no project "${event.project}".`);
    const actor = event.actor === undefined ? new Map<string, JsonText>() : membersOf(event.actor);
    const body = objectText({
      time: toJsonText(hirehopTime(now)),
      user_id: actor.get('id') ?? NULL,
      user_name: actor.get('name') ?? NULL,
      user_email: actor.get('email') ?? NULL,
      company_id: toJsonText(event.companyId ?? project.companyId),
      export_key: toJsonText(project.exportKey),
      event: toJsonText(event.type),
      data: event.data,
      // Receivers read `changes.STATUS` without checking for null first.
      changes: event.changes ?? ('{}' as JsonText),
      job: jobOf(event),
    });
    return { contentType: JSON_TYPE, body };
  },
};

/** `2026-01-15 12:00:00`, UTC. */
const hirehopTime = (at: number) => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** Return the number of the job that an event is about, without leading zeros. Data that is not an object names none. */
function jobOf({ type, data }: Event): JsonText | undefined {
  if (!isObjectText(data)) return undefined;
  const members = membersOf(data);
  const names = type.startsWith('job.') ? ['JOB_ID', 'ID', 'NUMBER'] : ['JOB_ID'];
  const [job] = names.flatMap((name) => /^"?0*([1-9]\d*)"?$/.exec(members.get(name) ?? '')?.[1] ?? []);
  return job as JsonText | undefined;
}
