import type { Messages } from '../../i18n/messages.ts';

export const previewMessages = {
  title: ['Preview', 'Aperçu'],
  lead: [
    'The exact request, updated as you type. Nothing is sent.',
    'La requête exacte, mise à jour pendant la saisie. Rien n’est envoyé.',
  ],
  source: ['Event', 'Événement'],
  latest: ['Latest matching event, or a sample', 'Dernier événement correspondant, ou un exemple'],
  samples: ['Samples', 'Exemples'],
  published: ['Published events', 'Événements publiés'],
  custom: ['Custom data…', 'Données personnalisées…'],
  data: ['Data', 'Données'],
  holds: ['Condition true: this event is sent', 'Condition vraie : cet événement est envoyé'],
  holdsNot: ['Condition false: this event is not sent', 'Condition fausse : cet événement n’est pas envoyé'],
  noValue: ['Condition cannot be evaluated', 'Condition impossible à évaluer'],
  noRequest: ['Request cannot be rendered', 'Requête impossible à générer'],
  refused: ['Some settings are not valid yet', 'Certains réglages ne sont pas encore valides'],
  curl: ['Copy as curl', 'Copier la commande curl'],
  headers: ['Headers', 'En-têtes'],
  body: ['Body', 'Corps'],
  requestBody: ['Request body', 'Corps de la requête'],
} as const satisfies Messages;
