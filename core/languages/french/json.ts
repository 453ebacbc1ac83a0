/** Why a text is not JSON, as V8 and as Python say it. */
export const json: Readonly<Record<string, string>> = {
  'This is not JSON: {reason}': 'Ceci n’est pas du JSON : {reason}',
  'This is not JSON: unterminated string.': 'Ceci n’est pas du JSON : une chaîne n’est pas terminée.',
  'This is not a JSON object.': 'Ceci n’est pas un objet JSON.',
  'This is not a JSON object: no key at position {n}.':
    'Ceci n’est pas un objet JSON : pas de clé à la position {n}.',
  'This is not a JSON array.': 'Ceci n’est pas un tableau JSON.',
  'This is not a JSON array: no value at position {n}.':
    'Ceci n’est pas un tableau JSON : pas de valeur à la position {n}.',

  "Unexpected token '{token}', {text} is not valid JSON":
    'caractère « {token} » inattendu, {text} n’est pas du JSON valide',
  '{text} is not valid JSON': '{text} n’est pas du JSON valide',
  'Unexpected end of JSON input': 'fin inattendue du JSON',
  '{reason} in JSON at position {n} (line {line} column {column})':
    '{reason}, à la position {n} (ligne {line}, colonne {column})',
  'Unexpected non-whitespace character after JSON at position {n} (line {line} column {column})':
    'caractère inattendu après le JSON, à la position {n} (ligne {line}, colonne {column})',
  "Expected property name or '}'": 'nom de propriété ou « } » attendu',
  "Expected ',' or '}' after property value": '« , » ou « } » attendu après la valeur d’une propriété',
  "Expected ',' or ']' after array element": '« , » ou « ] » attendu après un élément de tableau',
  "Expected ':' after property name": '« : » attendu après un nom de propriété',
  'Expected double-quoted property name': 'nom de propriété entre guillemets doubles attendu',
  'Unterminated string': 'chaîne non terminée',
  'Bad control character in string literal': 'caractère de contrôle dans une chaîne',
  'Bad escaped character': 'caractère mal échappé',
  'Bad Unicode escape': 'échappement Unicode incorrect',
  'No number after minus sign': 'pas de nombre après le signe moins',
  'Unterminated fractional number': 'nombre décimal incomplet',
  'Exponent part is missing a number': 'exposant sans nombre',
  'Unexpected number': 'nombre inattendu',

  '{reason}: line {line} column {column} (char {n})':
    '{reason} : ligne {line}, colonne {column} (caractère {n})',
  'Extra data': 'données en trop',
  'Expecting value': 'valeur attendue',
  'Expecting property name enclosed in double quotes': 'nom de propriété entre guillemets doubles attendu',
  "Expecting ':' delimiter": 'séparateur « : » attendu',
  "Expecting ',' delimiter": 'séparateur « , » attendu',
  'Invalid string': 'chaîne non valide',
  'The template did not render JSON: {reason}, here: {text}':
    'Le template n’a pas produit de JSON : {reason}, ici : {text}',
  'The template did not render JSON, from its line {line}: {reason}, here: {text}':
    'Le template n’a pas produit de JSON, à partir de sa ligne {line} : {reason}, ici : {text}',
};
