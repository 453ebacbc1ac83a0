import type { Messages } from '../i18n/messages.ts';

export const messages = {
  readOnly: [
    'This key is read-only. To change anything, use a key with the manage scope.',
    'Cette clé est en lecture seule. Pour modifier quoi que ce soit, utilisez une clé avec le scope manage.',
  ],
  noMatches: ['No matches', 'Aucun résultat'],
  clearFilters: ['Clear filters', 'Effacer les filtres'],
  loading: ['Loading…', 'Chargement…'],
  failed: ['Request failed', 'La requête a échoué'],
  unreachable: ['The API did not respond.', 'L’API n’a pas répondu.'],
  since: ['for {time}', 'depuis {time}'],
  looked: [
    {
      one: '{found} found in the first one. There are more.',
      other: '{found} found in the first {count}. There are more.',
    },
    {
      one: '{found} trouvé dans le premier. Il y en a d’autres.',
      other: '{found} trouvés dans les {count} premiers. Il y en a d’autres.',
    },
  ],
  foundSoFar: [
    '{count} found so far. There may be more.',
    {
      one: '{count} trouvé jusqu’ici. Il y en a peut-être d’autres.',
      other: '{count} trouvés jusqu’ici. Il y en a peut-être d’autres.',
    },
  ],
  noEventType: [
    'Not an event type: up to 10 segments with dots between them, such as invoice.paid.',
    'Pas un type d’événement : 10 segments au plus, séparés par des points, comme invoice.paid.',
  ],
  lookFurther: ['Look further', 'Chercher plus loin'],
  again: ['Try again', 'Réessayer'],
  more: ['Load more', 'Charger la suite'],
  copy: ['Copy', 'Copier'],
  copied: ['Copied', 'Copié'],
  close: ['Close', 'Fermer'],
  cancel: ['Cancel', 'Annuler'],
  dismiss: ['Dismiss', 'Masquer'],
  formatted: ['Formatted', 'Mis en forme'],
  raw: ['Raw', 'Brut'],
  noBody: ['No body', 'Pas de corps'],
} as const satisfies Messages;
