import type { Messages } from '../i18n/messages.ts';

export const messages = {
  failed: ['This page could not be loaded', 'Cette page n’a pas pu être chargée'],
  failedText: [
    'The server did not send a part of the console.',
    'Le serveur n’a pas envoyé une partie de la console.',
  ],
  again: ['Try again', 'Réessayer'],
  outdated: ['There is a new version of the console', 'Une nouvelle version de la console est en ligne'],
  outdatedText: ['Reload the page to use it.', 'Rechargez la page pour l’utiliser.'],
  reload: ['Reload', 'Recharger'],
  partFailed: [
    'A part of the console could not be loaded. Try again.',
    'Une partie de la console n’a pas pu être chargée. Réessayez.',
  ],
  partOutdated: [
    'There is a new version of the console. Reload the page to go on.',
    'Une nouvelle version de la console est en ligne. Rechargez la page pour continuer.',
  ],
} as const satisfies Messages;
