import { membersOf, objectText, parseJson, toJsonText } from '../../kernel/json-text.ts';
import type { CatalogueEntry } from '../../model/event-type.ts';
import { EXAMPLES, SUBMITTABLE } from './doctypes.ts';

/** The events of documents (`webhook_docevent`) that the catalogue offers, in the order of a document's life. */
const EVENTS = [
  { event: 'after_insert', en: 'was created', fr: 'a été créé', docstatus: 0 },
  { event: 'on_update', en: 'was saved', fr: 'a été enregistré', docstatus: 0 },
  { event: 'on_submit', en: 'was submitted', fr: 'a été validé', docstatus: 1 },
  {
    event: 'on_update_after_submit',
    en: 'was changed after it had been submitted',
    fr: 'a été modifié après sa validation',
    docstatus: 1,
  },
  { event: 'on_cancel', en: 'was cancelled', fr: 'a été annulé', docstatus: 2 },
  { event: 'on_trash', en: 'is being deleted', fr: 'est en cours de suppression', docstatus: 0 },
] as const;

type DocEvent = (typeof EVENTS)[number];

/** The status of a submittable document by its `docstatus`; a submitted one has the status of its example. */
const STATUS = { 0: 'Draft', 2: 'Cancelled' };

const ONLY_SUBMITTABLE = new Set<DocEvent['event']>(['on_submit', 'on_update_after_submit', 'on_cancel']);

/** The types `<DocType>.<event>` of the common DocTypes, each with a sample as Frappe writes it. */
export const frappeCatalogue: readonly CatalogueEntry[] = Object.entries(EXAMPLES).flatMap(
  ([name, example]) =>
    EVENTS.filter(({ event }) => SUBMITTABLE.has(name) || !ONLY_SUBMITTABLE.has(event)).map((docEvent) =>
      entry(name, example, docEvent),
    ),
);

function entry(name: string, example: string, { event, en, fr, ...docEvent }: DocEvent): CatalogueEntry {
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
  const description = { en: `${name}: a document ${en}`, fr: `${name}\u00a0: un document ${fr}` };
  const type = `${name}.${event}`;
  return {
    eventType: { type, description: description.en, schema: null, samples: [document], archived: false },
    description,
  };
}
