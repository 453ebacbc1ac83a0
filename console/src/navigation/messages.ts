import type { Messages } from '../i18n/messages.ts';

export const messages = {
  leaveTitle: ['Leave without saving?', 'Quitter sans enregistrer ?'],
  leaveText: ['Your changes will be lost.', 'Vos modifications seront perdues.'],
  leave: ['Leave', 'Quitter'],
} as const satisfies Messages;
