import type { Messages } from '../../i18n/messages.ts';

export const previewMessages = {
  title: ['Preview', 'Aperçu'],
  lead: [
    'The exact request, as you type. Nothing is sent.',
    'La requête exacte, au fil de la saisie. Rien n’est envoyé.',
  ],
  source: ['Made of', 'À partir de'],
  latest: ['The latest event, or a sample', 'Le dernier événement, ou un exemple'],
  samples: ['Samples', 'Exemples'],
  published: ['Published events', 'Événements publiés'],
  own: ['Data of my own…', 'Mes propres données…'],
  data: ['Data', 'Données'],
  holds: ['The condition holds: it is sent', 'La condition est vraie : envoi'],
  holdsNot: ['The condition does not hold: it is not sent', 'La condition est fausse : pas d’envoi'],
  noValue: ['The condition cannot be worked out', 'La condition ne peut pas être calculée'],
  noRequest: ['No request can be made', 'Aucune requête possible'],
  refused: ['The settings are not valid yet', 'Les réglages ne sont pas encore valides'],
  headers: ['Headers', 'En-têtes'],
  body: ['Body', 'Corps'],
  requestBody: ['Body of the request', 'Corps de la requête'],
} as const satisfies Messages;
