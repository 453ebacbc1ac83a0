/** What happened to projects, subscriptions, events, replays and erasures. */
export const resources: Readonly<Record<string, string>> = {
  'The project was changed meanwhile. Read it again.': 'Le projet a été modifié entre-temps. Relisez-le.',
  'There is a project "{name}" already, or there was one whose events are still stored.':
    'Le projet « {name} » existe déjà, ou a existé et ses événements sont encore conservés.',
  'The project is deleted, but not yet everything in it. Send the request again to continue.':
    'Le projet est supprimé, mais pas encore tout son contenu. Renvoyez la requête pour continuer.',
  'The subscription was changed meanwhile. Read it again.':
    'L’abonnement a été modifié entre-temps. Relisez-le.',
  'The flow was changed meanwhile.': 'Le contrôle de flux a été modifié entre-temps.',
  'The mode of the subscription was changed meanwhile.': 'Le mode de l’abonnement a été modifié entre-temps.',
  'There is a subscription "{name}" already.': 'L’abonnement « {name} » existe déjà.',
  '"{name}" is the id of another subscription.': '« {name} » est l’identifiant d’un autre abonnement.',
  'The subscription is disabled. Its pending deliveries are cancelled.':
    'L’abonnement est désactivé. Ses livraisons en attente sont annulées.',
  'The subscription is disabled. Enable it first.': 'L’abonnement est désactivé. Commencez par l’activer.',
  'The subscription is paused. Resume it to send its deliveries.':
    'L’abonnement est en pause. Reprenez-le pour envoyer ses livraisons.',
  'The subscription has no secret that can sign.': 'L’abonnement n’a aucun secret qui puisse signer.',

  'The event is larger than {n} KB.': 'L’événement dépasse {n} Ko.',
  'The event has more than {n} hops: a subscription publishes what it receives, directly or through others.':
    'L’événement a fait plus de {n} sauts : un abonnement publie ce qu’il reçoit, directement ou par d’autres.',
  'The request of a subscription cannot have something delivered, other than by publishing.':
    'La requête d’un abonnement ne peut rien faire livrer autrement qu’en publiant.',
  'The queue did not accept every event. Send the request again.':
    'La file n’a pas accepté tous les événements. Renvoyez la requête.',
  'The event is being erased by others. Send the request again.':
    'L’événement est en cours d’effacement par ailleurs. Renvoyez la requête.',
  "The event's data was erased at {time}.": 'Les données de l’événement ont été effacées le {time}.',
  "The event's data was erased at {time}: there is nothing to deliver.":
    'Les données de l’événement ont été effacées le {time} : il n’y a rien à livrer.',
  'The subscription receives no events of the type "{name}".':
    'L’abonnement ne reçoit aucun événement du type « {name} ».',
  "The subscription's condition does not hold for the event.":
    'La condition de l’abonnement n’est pas remplie pour cet événement.',
  'The request was made with a key, which is deleted by its id. Only tokens are revoked here.':
    'La requête a été faite avec une clé, qui se supprime par son identifiant. Seuls les jetons se révoquent ici.',
  'Samples and events checked: {n}. No request can be made from {m} of them.':
    'Exemples et événements vérifiés : {n}. Aucune requête ne peut être faite à partir de {m} d’entre eux.',
  'Samples and events checked: {n}. Of these, {m} does not satisfy the schema.':
    'Exemples et événements vérifiés : {n}, dont {m} ne respecte pas le schéma.',
  'Samples and events checked: {n}. Of these, {m} do not satisfy the schema.':
    'Exemples et événements vérifiés : {n}, dont {m} ne respectent pas le schéma.',
  'The settings are saved. Whether the samples and the latest events fit could not be checked.':
    'Les réglages sont enregistrés. Il n’a pas été possible de vérifier si les exemples et les derniers événements y correspondent.',
  'The event is suppressed: it is delivered to nobody.':
    'L’événement est retenu : il n’est livré à personne.',
  'The event is erased, but not yet all of its attempts. Send the request again to continue; the rest is erased within minutes anyway.':
    'L’événement est effacé, mais pas encore toutes ses tentatives. Renvoyez la requête pour continuer ; le reste sera de toute façon effacé dans les minutes qui viennent.',
  'An erasure of this project is running: {id}.': 'Un effacement est en cours dans ce projet : {id}.',

  'is not an event of this project': 'n’est pas un événement de ce projet',
  'is the id of an event whose data was erased':
    'est l’identifiant d’un événement dont les données ont été effacées',
  'is the id of a suppressed event, which is delivered to nobody':
    'est l’identifiant d’un événement retenu, qui n’est livré à personne',
  'The deliveries could not be queued. Send the request again.':
    'Les livraisons n’ont pas pu être mises en file. Renvoyez la requête.',
  'is no parameter of this request, which takes none':
    'n’est pas un paramètre de cette requête, qui n’en accepte aucun',
  'is no parameter of this request, which takes {names}':
    'n’est pas un paramètre de cette requête, qui accepte {names}',
  'The replay could not be queued. Send the request again.':
    'Le rejeu n’a pas pu être mis en file. Renvoyez la requête.',
  'A replay of this subscription is running: {id}.': 'Un rejeu de cet abonnement est en cours : {id}.',
  'The job went on meanwhile. Send the request again.': 'La tâche a avancé entre-temps. Renvoyez la requête.',
  'is not a subscription of this project': 'n’est pas un abonnement de ce projet',
  'is the id of a disabled subscription': 'est l’identifiant d’un abonnement désactivé',
  'is the id of a subscription that does not match {type}':
    'est l’identifiant d’un abonnement qui ne correspond pas à {type}',

  'is not 1 to 255 printable ASCII characters': 'doit comporter de 1 à 255 caractères ASCII imprimables',
  'was used with another body': 'a servi avec un autre corps',
  'This Idempotency-Key was used with another API key.':
    'Cette Idempotency-Key a servi avec une autre clé d’API.',
  'A request with this Idempotency-Key is in progress. Send yours again later.':
    'Une requête avec cette Idempotency-Key est en cours. Renvoyez la vôtre plus tard.',

  'The message is not a JSON object.': 'Le message n’est pas un objet JSON.',
  'The message names no project.': 'Le message n’indique aucun projet.',
  'The message is not an array of 1 to {n} events.': 'Le message n’est pas un tableau de 1 à {n} événements.',
  'The events of the array are of several projects.':
    'Les événements du tableau relèvent de plusieurs projets.',
  'The array has something else than events.': 'Le tableau contient autre chose que des événements.',
  'The SNS notification wraps another one.': 'La notification SNS en contient une autre.',
};
