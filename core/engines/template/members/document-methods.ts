import type { StepMeter } from '../step-meter.ts';
import { textOf } from '../values/coerce.ts';
import { KeyMap } from '../values/keys.ts';
import { type Arguments, Dict, type Document, type Operation, type Value } from '../values/values.ts';
import { dictMethods } from './dict-methods.ts';

/** The methods of Frappe's documents that need no site. */
export const documentMethods: ReadonlyMap<string, Operation<Document>> = new Map<string, Operation<Document>>(
  [
    ['has_value_changed', hasValueChanged],
    ['get_doc_before_save', (document, args, { meter }) => args.bind() && before(document, meter)],
    ['is_new', (document, args) => args.bind() && document.facts.isNew],
    ['as_dict', (document, args) => asDict(document, args)],
  ],
);

/** The methods that may be called on a document. */
export const DOCUMENT_METHODS: ReadonlySet<string> = new Set([
  ...dictMethods.keys(),
  ...documentMethods.keys(),
]);

/** As in Frappe, everything has changed in a document of which nothing else is known. */
function hasValueChanged(document: Document, args: Arguments): boolean {
  const name = textOf(args.require('fieldname')[0], 'fieldname');
  const { changes } = document.facts;
  return changes === undefined || changes.entries.has(name);
}

/** Return the document before its changes; null if they are unknown. */
function before({ entries, facts }: Document, meter: StepMeter): Dict | null {
  if (facts.changes === undefined || facts.isNew) return null;
  meter.elements(2 * (entries.size + facts.changes.entries.size));
  const former = new KeyMap<Value>(entries);
  for (const [name, change] of facts.changes.entries)
    former.set(name, (change instanceof Dict ? change.entries.get('from') : undefined) ?? null);
  return new Dict(former, true);
}

function asDict(document: Document, args: Arguments): Dict {
  args.bind('no_nulls', 'no_default_fields', 'convert_dates_to_str', 'no_child_table_fields');
  return new Dict(document.entries, document.published, document.lenient);
}
