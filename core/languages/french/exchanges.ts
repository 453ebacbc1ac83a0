/** Why an attempt failed, and what of an exchange is not kept. */
export const exchanges: Readonly<Record<string, string>> = {
  'answered {status}': 'a répondu {status}',
  'answered {status}; redirects are not followed':
    'a répondu {status} ; les redirections ne sont pas suivies',
  'answered {status}, which is not followed: {reason}': 'a répondu {status}, qui n’est pas suivi : {reason}',
  'it has no location': 'il n’y a pas d’en-tête location',
  'it is redirect {n}': 'c’est la redirection {n}',
  'its URL {reason}': 'son URL {reason}',
  'it leads from https to http': 'elle mène de https à http',
  'no time was left to follow the redirect within {n} ms':
    'il ne restait plus assez de temps pour suivre la redirection en {n} ms',

  'the URL is not valid': 'l’URL n’est pas valide',
  'the URL {reason}': 'l’URL {reason}',
  'the host name could not be resolved to a public address':
    'le nom d’hôte n’a pas pu être résolu en une adresse publique',
  'the sender was closed': 'l’émetteur a été fermé',
  'no connection could be made within {n} ms': 'aucune connexion n’a pu être établie en {n} ms',
  'no response came within {n} ms': 'aucune réponse n’est arrivée en {n} ms',
  'the response did not end within {n} ms': 'la réponse ne s’est pas terminée en {n} ms',
  'the server did not accept a connection': 'le serveur n’a pas accepté de connexion',
  'the server refused the connection': 'le serveur a refusé la connexion',
  'the server closed the connection before it had answered':
    'le serveur a fermé la connexion avant d’avoir répondu',
  'the server closed the connection in the middle of its response':
    'le serveur a fermé la connexion au milieu de sa réponse',
  'the server reset the connection in the middle of its response':
    'le serveur a réinitialisé la connexion au milieu de sa réponse',
  'the server ended the exchange without a response': 'le serveur a terminé l’échange sans réponse',
  'the server sent too many informational responses': 'le serveur a envoyé trop de réponses d’information',
  'there is no route to the server': 'il n’y a pas de route vers le serveur',
  'the connection failed ({code})': 'la connexion a échoué ({code})',

  'the TLS handshake failed ({code})': 'la négociation TLS a échoué ({code})',
  'the server does not speak TLS as it should': 'le serveur ne parle pas TLS comme il le devrait',
  'the server does not speak TLS on this port': 'le serveur ne parle pas TLS sur ce port',
  "the server's certificate is for another host name":
    'le certificat du serveur est celui d’un autre nom d’hôte',
  "the server's certificate has expired": 'le certificat du serveur a expiré',
  "the server's certificate is not valid yet": 'le certificat du serveur n’est pas encore valide',
  "the server's certificate is self-signed": 'le certificat du serveur est auto-signé',
  "the server's certificate chain ends in an unknown root":
    'la chaîne de certificats du serveur aboutit à une racine inconnue',
  "the issuer of the server's certificate is unknown": 'l’émetteur du certificat du serveur est inconnu',
  "the server's certificate chain is incomplete": 'la chaîne de certificats du serveur est incomplète',

  'the response is not valid HTTP ({code})': 'la réponse n’est pas du HTTP valide ({code})',
  'the response does not begin with a status line of HTTP/1.1':
    'la réponse ne commence pas par une ligne d’état HTTP/1.1',
  'the response headers exceed 16 KB': 'les en-têtes de la réponse dépassent 16 Ko',
  'the response has more than one content-length': 'la réponse a plusieurs content-length',
  'the content-length of the response is not a length':
    'le content-length de la réponse n’est pas une longueur',
  'the response has both content-length and transfer-encoding':
    'la réponse a à la fois content-length et transfer-encoding',
  'the response has a transfer-encoding that is not valid':
    'la réponse a un transfer-encoding qui n’est pas valide',
  'a chunk of the response is malformed': 'un fragment (chunk) de la réponse est malformé',
  'a response header has a control character': 'un en-tête de la réponse contient un caractère de contrôle',
  'a request header holds a character that HTTP does not allow':
    'un en-tête de la requête contient un caractère que HTTP n’autorise pas',
  'a request header has a name that HTTP does not allow':
    'un en-tête de la requête a un nom que HTTP n’autorise pas',

  'the first {n} of {n2} bytes are kept': 'les {n} premiers octets sur {n2} sont conservés',
  '{n} bytes of the decoded body are kept': '{n} octets du corps décodé sont conservés',
  'reading stopped after {n} KB': 'la lecture s’est arrêtée après {n} Ko',
  'the body has too many codings': 'le corps a trop d’encodages successifs',
  'the coding of the body is not known': 'l’encodage du corps est inconnu',
  'the body is not {code}, as its header says': 'le corps n’est pas en {code}, comme son en-tête le dit',
  'the {code} body is damaged': 'le corps {code} est endommagé',
};
