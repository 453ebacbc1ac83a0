import type { Messages } from '../i18n/messages.ts';

export const messages = {
  title: ['Sign in', 'Connexion'],
  lead: ['Set up, monitor and repair webhooks.', 'Configurez, surveillez et réparez vos webhooks.'],
  key: ['API key', 'Clé d’API'],
  hint: [
    'Starts with ancrage_key_. The console exchanges it for a token that is valid for 12 hours, and forgets it.',
    'Commence par ancrage_key_. La console l’échange contre un jeton valable 12 heures, puis l’oublie.',
  ],
  submit: ['Sign in', 'Se connecter'],
  missing: ['Enter an API key.', 'Saisissez une clé d’API.'],
  unknown: [
    'Unknown key. Check that it is complete, or ask for another one.',
    'Clé inconnue. Vérifiez qu’elle est complète, ou demandez-en une autre.',
  ],
  publishOnly: [
    'This key can only publish. The console needs a key that can read.',
    'Cette clé ne permet que de publier. La console nécessite une clé avec droit de lecture.',
  ],
  unreachable: [
    'The API does not respond. Is the stack running?',
    'L’API ne répond pas. La stack est-elle démarrée ?',
  ],
  ended: [
    'Your session has ended: it is older than 12 hours, or its key was deleted.',
    'Votre session a pris fin : elle date de plus de 12 heures, ou sa clé a été supprimée.',
  ],
  again: ['Sign in again', 'Reconnectez-vous'],
  kept: ['The page behind this dialog stays as it is.', 'La page derrière cette fenêtre reste en l’état.'],
  notRevoked: [
    'Signed out here, but the API did not revoke the token. It expires within 12 hours; deleting the key revokes it at once.',
    'Déconnecté ici, mais l’API n’a pas révoqué le jeton. Il expire sous 12 heures ; supprimer la clé le révoque aussitôt.',
  ],
  where: [
    'On a local stack, npm start prints a key. On AWS, run npm run admin -- keys create.',
    'En local, npm start affiche une clé. Sur AWS, lancez npm run admin -- keys create.',
  ],
} as const satisfies Messages;
