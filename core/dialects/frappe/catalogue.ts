import { membersOf, objectText, parseJson, toJsonText } from '../../kernel/json-text.ts';
import type { Catalogue, EventType } from '../../model/event-type.ts';
import { type DocType, docTypes } from './doctypes.ts';

/** What happens to documents (`webhook_docevent`), in the order in which it may. */
const EVENTS = [
  { event: 'after_insert', told: 'was created', docstatus: 0 },
  { event: 'on_update', told: 'was saved', docstatus: 0 },
  { event: 'on_submit', told: 'was submitted', docstatus: 1 },
  { event: 'on_update_after_submit', told: 'was changed after it had been submitted', docstatus: 1 },
  { event: 'on_cancel', told: 'was cancelled', docstatus: 2 },
  { event: 'on_trash', told: 'is being deleted', docstatus: 0 },
] as const;

type DocEvent = (typeof EVENTS)[number];

/** Of a submittable document that is not submitted, or no longer. */
const STATUS = { 0: 'Draft', 2: 'Cancelled' };

const OF_SUBMITTABLE_ALONE = new Set<DocEvent['event']>(['on_submit', 'on_update_after_submit', 'on_cancel']);

/** The types `<DocType>.<event>` of the common DocTypes, each with the document as Frappe writes it. */
export const frappeCatalogue: Catalogue = docTypes.flatMap((docType) =>
  EVENTS.filter(({ event }) => docType.isSubmittable || !OF_SUBMITTABLE_ALONE.has(event)).map((docEvent) =>
    entry(docType, docEvent),
  ),
);

function entry(docType: DocType, { event, told, ...docEvent }: DocEvent): EventType {
  const { name, isSubmittable } = docType;
  // What was submitted can only be deleted once it is cancelled.
  const docstatus = event === 'on_trash' && isSubmittable ? 2 : docEvent.docstatus;
  const { name: id, ...fields } = Object.fromEntries(membersOf(parseJson(docType.fields).text));
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
    description: `${name}: a document ${told}`,
    schema: null,
    samples: [document],
    archived: false,
  };
}
