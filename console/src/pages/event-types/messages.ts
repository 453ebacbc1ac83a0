import type { Messages } from '../../i18n/messages.ts';

export const messages = {
  title: ['Event types', 'Types d’événement'],
  lead: [
    'The catalogue of event types that subscriptions can select, with samples and schemas.',
    'Le catalogue des types d’événement proposés aux abonnements, avec exemples et schémas.',
  ],
  add: ['Add an event type', 'Ajouter un type d’événement'],
  catalogues: ['Load a catalogue', 'Charger un catalogue'],
  cataloguesLead: [
    'Adds the event types of a known system, with samples. Existing event types are not changed.',
    'Ajoute les types d’événement d’un système connu, avec des exemples. Les types existants ne sont pas modifiés.',
  ],
  types: [
    { one: '{count} event type', other: '{count} event types' },
    { one: '{count} type d’événement', other: '{count} types d’événement' },
  ],
  load: ['Load', 'Charger'],
  loaded: [
    { one: '{count} event type added.', other: '{count} event types added.' },
    { one: '{count} type d’événement ajouté.', other: '{count} types d’événement ajoutés.' },
  ],
  search: ['Search the catalogue', 'Rechercher dans le catalogue'],
  includeArchived: ['Show archived', 'Afficher les types archivés'],
  list: ['Event types', 'Types d’événement'],
  samples: [
    { one: '{count} sample', other: '{count} samples' },
    { one: '{count} exemple', other: '{count} exemples' },
  ],
  schema: ['schema', 'schéma'],
  archived: ['archived', 'archivé'],
  emptyTitle: ['No event types yet', 'Aucun type d’événement pour l’instant'],
  emptyText: [
    'You can publish events of any type. Add a type to offer it in the subscription form, with samples for previews.',
    'Vous pouvez publier des événements de n’importe quel type. Ajoutez un type pour le proposer dans le formulaire d’abonnement, avec des exemples pour l’aperçu.',
  ],
  noneTitle: ['No matches', 'Aucun résultat'],
  noneText: [
    'No event type contains this text in its name.',
    'Aucun type d’événement ne contient ce texte dans son nom.',
  ],
  back: ['Event types', 'Types d’événement'],
  newTitle: ['Add an event type', 'Ajouter un type d’événement'],
  name: ['Name', 'Nom'],
  nameHint: [
    'Segments separated by dots, for example invoice.paid.',
    'Segments séparés par des points, par exemple invoice.paid.',
  ],
  nameNeeded: ['Enter a name.', 'Saisissez un nom.'],
  description: ['Description', 'Description'],
  samplesLead: [
    'Example event data for previews and test requests.',
    'Données d’exemple pour les aperçus et les requêtes de test.',
  ],
  samplesTitle: ['Samples', 'Exemples'],
  sample: ['Sample {number}', 'Exemple {number}'],
  addSample: ['Add a sample', 'Ajouter un exemple'],
  removeSample: ['Remove sample {number}', 'Supprimer l’exemple {number}'],
  notObject: ['Enter a JSON object.', 'Saisissez un objet JSON.'],
  schemaTitle: ['Schema', 'Schéma'],
  schemaLead: [
    'JSON Schema 2020-12. Events whose data does not match are rejected. Leave empty to accept any data.',
    'JSON Schema 2020-12. Les événements dont les données ne sont pas conformes sont rejetés. Laissez vide pour accepter toutes les données.',
  ],
  notJson: ['Enter valid JSON.', 'Saisissez du JSON valide.'],
  archive: [
    'Archived: hidden from the subscription form, still delivered',
    'Archivé : masqué dans le formulaire d’abonnement, toujours livré',
  ],
  save: ['Save', 'Enregistrer'],
  saved: [
    'Event type saved. A new schema takes effect within a minute.',
    'Type d’événement enregistré. Un nouveau schéma prend effet en moins d’une minute.',
  ],
  remove: ['Remove', 'Retirer'],
  removeTitle: ['Remove this event type from the catalogue?', 'Retirer ce type d’événement du catalogue ?'],
  removeText: [
    'Events of type {type} are still accepted, but no longer validated. The samples are deleted.',
    'Les événements de type {type} restent acceptés, mais ne sont plus validés. Les exemples sont supprimés.',
  ],
  removed: ['Event type removed from the catalogue.', 'Type d’événement retiré du catalogue.'],
  publish: ['Publish an event', 'Publier un événement'],
} as const satisfies Messages;
