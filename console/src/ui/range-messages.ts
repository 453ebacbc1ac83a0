import type { Messages } from '../i18n/messages.ts';

export const rangeMessages = {
  time: ['Time', 'Période'],
  any: ['Any time', 'Toute date'],
  from: ['From {at}', 'Depuis le {at}'],
  to: ['Until {at}', 'Jusqu’au {at}'],
  presets: ['Latest', 'Dernièrement'],
  hour: ['Last hour', 'Dernière heure'],
  day: ['Last 24 hours', 'Dernières 24 heures'],
  week: ['Last 7 days', '7 derniers jours'],
  since: ['From', 'Du'],
  until: ['To', 'Au'],
  backwards: ['The end is before the beginning.', 'La fin précède le début.'],
  apply: ['Apply', 'Appliquer'],
  clear: ['Clear', 'Effacer'],
} as const satisfies Messages;
