import type { Messages } from '../i18n/messages.ts';

export const messages = {
  render: [
    'Saved, but some requests cannot be rendered',
    'Enregistré, mais certaines requêtes ne peuvent pas être générées',
  ],
  renderText: [
    'Samples and latest events checked: {checked}. No request can be rendered for {count} of them.',
    'Exemples et derniers événements vérifiés : {checked}. Aucune requête ne peut être générée pour {count} d’entre eux.',
  ],
  schema: [
    'Saved, but samples or events do not match the schema',
    'Enregistré, mais des exemples ou des événements ne sont pas conformes au schéma',
  ],
  schemaText: [
    {
      one: 'Samples and latest events checked: {checked}. {count} of them does not match. Events like it will be rejected.',
      other:
        'Samples and latest events checked: {checked}. {count} of them do not match. Events like them will be rejected.',
    },
    {
      one: 'Exemples et derniers événements vérifiés : {checked}. {count} d’entre eux n’est pas conforme. De tels événements seront rejetés.',
      other:
        'Exemples et derniers événements vérifiés : {checked}. {count} d’entre eux ne sont pas conformes. De tels événements seront rejetés.',
    },
  ],
  unchecked: ['Saved, but not checked', 'Enregistré, mais non vérifié'],
  uncheckedText: [
    'Samples and latest events could not be checked. The preview shows the request for an event.',
    'Les exemples et les derniers événements n’ont pas pu être vérifiés. L’aperçu montre la requête pour un événement.',
  ],
  stoppedEarly: [
    'The check stopped at its limit of time or size, so some were not checked.',
    'La vérification s’est arrêtée à sa limite de temps ou de taille : certains n’ont pas été vérifiés.',
  ],
  sample: ['Sample {number} of {type}', 'Exemple {number} de {type}'],
  event: ['Event {id} of {type}', 'Événement {id} de {type}'],
  more: [
    { one: 'and {count} more', other: 'and {count} more' },
    { one: 'et {count} autre', other: 'et {count} autres' },
  ],
} as const satisfies Messages;
