import type { Messages } from '../i18n/messages.ts';

export const messages = {
  render: [
    'Saved, but not every request can be rendered',
    'Enregistré, mais toutes les requêtes ne peuvent pas être générées',
  ],
  renderText: [
    {
      one: 'No request can be rendered for {count} of the {checked} samples and latest events that were checked.',
      other:
        'No request can be rendered for {count} of the {checked} samples and latest events that were checked.',
    },
    {
      one: 'Aucune requête ne peut être générée pour {count} des {checked} exemples et derniers événements vérifiés.',
      other:
        'Aucune requête ne peut être générée pour {count} des {checked} exemples et derniers événements vérifiés.',
    },
  ],
  schema: [
    'Saved, but samples or events do not match the schema',
    'Enregistré, mais des exemples ou des événements ne sont pas conformes au schéma',
  ],
  schemaText: [
    {
      one: '{count} of the {checked} samples and latest events that were checked does not match. Events like it will be rejected.',
      other:
        '{count} of the {checked} samples and latest events that were checked do not match. Events like them will be rejected.',
    },
    {
      one: '{count} des {checked} exemples et derniers événements vérifiés n’est pas conforme. De tels événements seront rejetés.',
      other:
        '{count} des {checked} exemples et derniers événements vérifiés ne sont pas conformes. De tels événements seront rejetés.',
    },
  ],
  unchecked: ['Saved, but not checked', 'Enregistré, mais non vérifié'],
  uncheckedText: [
    'Samples and latest events could not be checked. The preview shows the request for an event.',
    'Les exemples et les derniers événements n’ont pas pu être vérifiés. L’aperçu montre la requête pour un événement.',
  ],
  stoppedEarly: [
    'There are more, for which the check had no time or no room.',
    'Il y en a d’autres, pour lesquels la vérification n’a eu ni le temps ni la place.',
  ],
  sample: ['Sample {number} of {type}', 'Exemple {number} de {type}'],
  event: ['Event {id} of {type}', 'Événement {id} de {type}'],
  more: [
    { one: 'and {count} more', other: 'and {count} more' },
    { one: 'et {count} autre', other: 'et {count} autres' },
  ],
} as const satisfies Messages;
