import type { Messages } from '../i18n/messages.ts';

export const messages = {
  skip: ['Skip to content', 'Aller au contenu'],
  navigation: ['Pages', 'Pages'],
  overview: ['Overview', 'Vue d’ensemble'],
  subscriptions: ['Subscriptions', 'Abonnements'],
  log: ['Request log', 'Journal'],
  events: ['Events', 'Événements'],
  jobs: ['Jobs', 'Tâches'],
  types: ['Event types', 'Types d’événement'],
  usage: ['Usage', 'Utilisation'],
  project: ['Project', 'Projet'],
  signOut: ['Sign out', 'Se déconnecter'],
  readOnly: ['Read-only', 'Lecture seule'],
  reference: ['API reference', 'Référence de l’API'],
  language: ['Language', 'Langue'],
  zone: ['Time zone', 'Fuseau horaire'],
  local: ['Local', 'Local'],
  utc: ['UTC', 'UTC'],
  theme: ['Theme', 'Thème'],
  system: ['System', 'Système'],
  light: ['Light', 'Clair'],
  dark: ['Dark', 'Sombre'],
  notFound: ['Page not found', 'Page introuvable'],
  notFoundNext: [
    'The address may be outdated or mistyped.',
    'L’adresse est peut-être obsolète ou mal saisie.',
  ],
  otherProject: [
    'Your key cannot see the project {project}',
    'Votre clé ne donne pas accès au projet {project}',
  ],
  otherProjectNext: [
    'It belongs to the project {project}. To see another one, sign out and use a key of that project.',
    'Elle appartient au projet {project}. Pour en voir un autre, déconnectez-vous et utilisez une clé de ce projet.',
  ],
  toOwnProject: ['Go to {project}', 'Aller à {project}'],
  offline: [
    'You are offline. What you see may be outdated; it is refreshed once you are back.',
    'Vous êtes hors ligne. Ces informations peuvent être dépassées ; elles seront actualisées dès votre retour.',
  ],
  home: ['Go to the overview', 'Aller à la vue d’ensemble'],
} as const satisfies Messages;
