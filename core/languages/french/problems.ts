/** Titles and details of problem documents. */
export const problems: Readonly<Record<string, string>> = {
  'The request is not valid': 'La requête n’est pas valide',
  'Too large': 'Trop volumineux',
  Unauthorized: 'Non authentifié',
  Forbidden: 'Accès refusé',
  'Not found': 'Introuvable',
  'Method not allowed': 'Méthode non autorisée',
  Conflict: 'Conflit',
  'Limit reached': 'Limite atteinte',
  'Too many requests': 'Trop de requêtes',
  'Try again': 'Réessayez',
  'Not JSON': 'JSON non valide',
  'Not UTF-8': 'UTF-8 non valide',
  'Unsupported media type': 'Type de média non pris en charge',
  'Loop detected': 'Boucle détectée',
  'Internal error': 'Erreur interne',

  'An internal error occurred. The log has it under the request id {id}.':
    'Une erreur interne s’est produite. Elle figure dans le journal sous l’identifiant de requête {id}.',
  'The cursor does not belong to this list.': 'Le curseur n’appartient pas à cette liste.',
  'does not belong to this list': 'n’appartient pas à cette liste',
  'Send the request again.': 'Renvoyez la requête.',
  'This request is not allowed.': 'Cette requête n’est pas autorisée.',
  'Too much is being changed at once. Send the request again.':
    'Trop de modifications simultanées. Renvoyez la requête.',

  'The project, the user name or the password is wrong.':
    'Le projet, le nom d’utilisateur ou le mot de passe est incorrect.',
  'Your key could not be looked up. Send the request again.':
    'Votre clé d’API n’a pas pu être vérifiée. Renvoyez la requête.',
  'Send a valid API key or token: "Authorization: Bearer …".':
    'Envoyez une clé d’API ou un jeton valide : "Authorization: Bearer …".',
  'This needs a key with the scope "{scope}".':
    'Cette opération exige une clé d’API avec le scope « {scope} ».',
  'Your key may not grant or revoke the scope {scopes}.':
    'Votre clé d’API ne permet ni d’accorder ni de retirer le scope {scopes}.',
  'The key has been deleted.': 'La clé d’API a été supprimée.',
  'No id is that long.': 'Aucun identifiant n’est aussi long.',
  '"{name}" is not "~" and the base64url of a name.':
    '« {name} » n’est pas « ~ » suivi d’un nom encodé en base64url.',

  'Send the body without a content-encoding.': 'Envoyez le corps sans content-encoding.',
  'The body has more than {n} bytes.': 'Le corps dépasse {n} octets.',
  'The body is not UTF-8.': 'Le corps n’est pas en UTF-8.',
  'data_base64 is not UTF-8.': 'data_base64 n’est pas en UTF-8.',
  'Send JSON, with the header "content-type: application/json".':
    'Envoyez du JSON, avec l’en-tête "content-type: application/json".',

  'There is no route "{name}".': 'La route « {name} » n’existe pas.',
  'There is no {method} {path}.': '{method} {path} n’existe pas.',
  'There is no entry point "{name}".': 'Le point d’entrée « {name} » n’existe pas.',
  'There is no project "{name}".': 'Le projet « {name} » n’existe pas.',
  'There is no subscription "{name}".': 'L’abonnement « {name} » n’existe pas.',
  'There is no event "{name}".': 'L’événement « {name} » n’existe pas.',
  'There is no event type "{name}".': 'Le type d’événement « {name} » n’existe pas.',
  'There is no preset "{name}".': 'Le catalogue « {name} » n’existe pas.',
  'There is no attempt "{name}".': 'La tentative « {name} » n’existe pas.',
  'There is no erasure "{name}".': 'L’effacement « {name} » n’existe pas.',
  'There is no job "{name}".': 'La tâche « {name} » n’existe pas.',
  'There is no format "{name}".': 'Le format « {name} » n’existe pas.',

  'A project may have {n} keys. Delete one first, or ask the operator for more.':
    'Un projet peut avoir {n} clés d’API. Supprimez-en une, ou demandez à l’opérateur de relever la limite.',
  'A project may have {n} subscriptions. Delete one first, or ask the operator for more.':
    'Un projet peut avoir {n} abonnements. Supprimez-en un, ou demandez à l’opérateur de relever la limite.',
  'A project may have {n} event types. Delete one first, or ask the operator for more.':
    'Un projet peut avoir {n} types d’événement. Supprimez-en un, ou demandez à l’opérateur de relever la limite.',
  'Other keys kept being created or deleted. Try again.':
    'D’autres clés d’API étaient créées ou supprimées au même moment. Réessayez.',
  'Other subscriptions kept being created or deleted. Try again.':
    'D’autres abonnements étaient créés ou supprimés au même moment. Réessayez.',
  'Other event types kept being created or deleted. Try again.':
    'D’autres types d’événement étaient créés ou supprimés au même moment. Réessayez.',
  'A project may run {n} replays at once. Wait until one has ended, or cancel one.':
    'Un projet peut exécuter {n} rejeux à la fois. Attendez la fin de l’un d’eux, ou annulez-en un.',
  'A subscription takes one test request a second.': 'Un abonnement accepte une requête de test par seconde.',
  'The project has {n} test requests open. Wait until one has been answered.':
    'Le projet a {n} requêtes de test en cours. Attendez la réponse à l’une d’elles.',
  'The project publishes more events than it may. Send the request again later.':
    'Le projet publie plus d’événements qu’autorisé. Renvoyez la requête plus tard.',
  'The project has published as many bytes as it may today (UTC).':
    'Le projet a publié autant d’octets qu’autorisé aujourd’hui (UTC).',
};
