import type { Messages } from '../i18n/messages.ts';

export const messages = {
  loading: ['Loading…', 'Chargement…'],
  failed: ['This could not be loaded', 'Le chargement a échoué'],
  unreachable: ['The API did not answer.', 'L’API n’a pas répondu.'],
  again: ['Try again', 'Réessayer'],
  more: ['Load more', 'Afficher plus'],
  copy: ['Copy', 'Copier'],
  copied: ['Copied', 'Copié'],
  close: ['Close', 'Fermer'],
  cancel: ['Cancel', 'Annuler'],
  dismiss: ['Dismiss', 'Masquer'],
  formatted: ['Formatted', 'Mis en forme'],
  raw: ['Raw', 'Brut'],
  noBody: ['No body', 'Pas de corps'],
} as const satisfies Messages;
