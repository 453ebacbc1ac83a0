import { membersOf, objectText, parseJson, toJsonText } from '../../kernel/json-text.ts';
import type { Catalogue, EventType } from '../../model/event-type.ts';
import { EXAMPLES, SUBMITTABLE } from './doctypes.ts';

/** The events of documents (`webhook_docevent`) that the catalogue offers, in the order of a document's life. */
const EVENTS = [
  { event: 'after_insert', description: 'was created', docstatus: 0 },
  { event: 'on_update', description: 'was saved', docstatus: 0 },
  { event: 'on_submit', description: 'was submitted', docstatus: 1 },
  { event: 'on_update_after_submit', description: 'was changed after it had been submitted', docstatus: 1 },
  { event: 'on_cancel', description: 'was cancelled', docstatus: 2 },
  { event: 'on_trash', description: 'is being deleted', docstatus: 0 },
] as const;

type DocEvent = (typeof EVENTS)[number];

/** The status of a submittable document by its `docstatus`; a submitted one has the status of its example. */
const STATUS = { 0: 'Draft', 2: 'Cancelled' };

const ONLY_SUBMITTABLE = new Set<DocEvent['event']>(['on_submit', 'on_update_after_submit', 'on_cancel']);

/** The types `<DocType>.<event>` of the common DocTypes, each with a sample as Frappe writes it. */
export const frappeCatalogue: Catalogue = Object.entries(EXAMPLES).flatMap(([name, example]) =>
  EVENTS.filter(({ event }) => SUBMITTABLE.has(name) || !ONLY_SUBMITTABLE.has(event)).map((docEvent) =>
    entry(name, example, docEvent),
  ),
);

function entry(name: string, example: string, { event, description, ...docEvent }: DocEvent): EventType {
  const isSubmittable = SUBMITTABLE.has(name);
  // A submitted document must be cancelled before it can be deleted.
  const docstatus = event === 'on_trash' && isSubmittable ? 2 : docEvent.docstatus;
  const { name: id, ...fields } = Object.fromEntries(membersOf(parseJson(example).text));
  if (isSubmittable && docstatus !== 1) fields.status = toJsonText(STATUS[docstatus]);
  const standard = {
    owner: 'sales@example.com',
    creation: '2026-01-15 09:12:04.118200',
    modified: '2026-01-15 09:30:41.502310',
    modified_by: 'sales@example.com',
    docstatus,
    idx: 0,
    doctype: name,
  };
  const texts = Object.entries(standard).map(([key, value]) => [key, toJsonText(value)]);
  const document = objectText({ name: id, ...Object.fromEntries(texts), ...fields });
  return {
    type: `${name}.${event}`,
    description: `${name}: a document ${description}`,
    schema: null,
    samples: [document],
    archived: false,
  };
}
