import type { Messages } from '../../i18n/messages.ts';

export const messages = {
  title: ['Usage', 'Utilisation'],
  lead: [
    'What project {project} uses of its limits. The operator of the stage sets them.',
    'Ce que le projet {project} utilise de ses limites, que fixe l’opérateur de l’environnement.',
  ],
  list: ['Usage and limits', 'Utilisation et limites'],
  resource: ['Resource', 'Ressource'],
  used: ['Used', 'Utilisé'],
  limit: ['Limit', 'Limite'],
} as const satisfies Messages;
