import { beforeAll, describe, expect, it } from 'vitest';
import { useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

const FRENCH = { headers: { 'accept-language': 'fr-CA, fr;q=0.9, en;q=0.8' } };
const languageOf = ({ headers }: { readonly headers: Headers }) => [
  headers.get('content-language'),
  headers.get('vary'),
];
/** As French writes it before `:` and `;`. */
const nb = '\u00a0';

describe('a caller who reads French', () => {
  const stack = useStack();
  const receiver = useReceiver();

  it('gets every fault of a body in French, and what it wrote as it wrote it', async () => {
    const settings = { url: 'http://10.0.0.1/', events: [], name: 1, 'est; is required': 1 };
    const { status, body, ...answer } = await stack().call('POST', 'subscriptions', settings, FRENCH);
    expect([status, languageOf(answer)]).toEqual([422, ['fr', 'accept-language']]);
    expect(body).toEqual({
      type: 'about:blank',
      title: 'La requête n’est pas valide',
      status: 422,
      detail: expect.stringContaining(`events ne doit pas être vide${nb}; name attendu${nb}: une chaîne`),
      errors: expect.arrayContaining([
        { path: 'events', message: 'ne doit pas être vide' },
        { path: 'name', message: `attendu${nb}: une chaîne${nb}; reçu${nb}: un nombre` },
        { path: '', message: `comporte des champs inconnus${nb}: est; is required` },
        { path: 'url', message: 'n’est pas une adresse publique (privée)' },
      ]),
    });
  });

  it('is told in French what is wrong with a template, a condition and JSON, and where', async () => {
    const settings = { url: receiver.url('/'), events: ['a'], format: 'template', template: '{\n{% for %}' };
    const { body } = await stack().call(
      'POST',
      'subscriptions',
      { ...settings, condition: 'data.a ==' },
      FRENCH,
    );
    expect(body.errors).toEqual([
      { path: 'condition', message: `n’est pas une condition valide${nb}: ligne 1${nb}: fin inattendue` },
      {
        path: 'template',
        message: `n’est pas un template valide${nb}: ligne 2${nb}: attendu${nb}: un nom${nb}; trouvé${nb}: '%}'`,
      },
    ]);
    const broken = await stack().call('POST', 'subscriptions', '{"url": "a" "b"}', FRENCH);
    expect([broken.status, broken.body.title]).toEqual([422, 'JSON non valide']);
    expect(broken.body.detail).toBe(
      `Ceci n’est pas du JSON${nb}: «${nb},${nb}» ou «${nb}}${nb}» attendu après la valeur d’une propriété, à la position 12 (ligne 1, colonne 13)`,
    );
  });

  it('reads in French why an attempt failed, although the reason is stored in English', async () => {
    const { id } = await stack().subscribe({
      url: receiver.url('/'),
      events: ['a'],
      template: '{{ data.b + 1 }}',
      format: 'template',
      retry: 'none',
    });
    const shown = await stack().call('POST', `subscriptions/${id}/preview`, { event: 'a', data: {} }, FRENCH);
    const detail = `ligne 1${nb}: types d’opérandes non pris en charge pour +${nb}: «${nb}NoneType${nb}» et «${nb}int${nb}»`;
    expect([shown.body.detail, languageOf(shown)]).toEqual([detail, ['fr', 'accept-language']]);
    await stack().publish({ type: 'a', data: {} });
    const [english] = await stack().attempts(id, 1);
    expect(english.detail).toBe("line 1: unsupported operand type(s) for +: 'NoneType' and 'int'");
    const path = `subscriptions/${id}/attempts`;
    const [attempt] = (await stack().call('GET', path, undefined, FRENCH)).body.data;
    expect(attempt).toEqual({ ...english, detail });
    const one = `events/${attempt.eventId}/attempts/${attempt.id}`;
    expect((await stack().call('GET', one, undefined, FRENCH)).body.detail).toBe(detail);
  });

  it('gets 401 and 404 in French', async () => {
    const titles = [
      await stack().call('GET', 'keys', undefined, { ...FRENCH, bearer: 'ancrage_key_none' }),
      await stack().call('GET', 'subscriptions/sub_none', undefined, FRENCH),
      await stack().call('GET', '/v1/nothing', undefined, FRENCH),
    ].map(({ body }) => [body.title, body.detail]);
    expect(titles).toEqual([
      ['Non authentifié', `Envoyez une clé d’API ou un jeton valide${nb}: "Authorization: Bearer …".`],
      ['Introuvable', `L’abonnement «${nb}sub_none${nb}» n’existe pas.`],
      ['Introuvable', 'GET /v1/nothing n’existe pas.'],
    ]);
  });

  it('gets exceptions of Frappe as Frappe writes them', async () => {
    const path = '/api/resource/Webhook/none';
    const [french, english] = [
      await stack().call('GET', path, undefined, FRENCH),
      await stack().call('GET', path),
    ];
    expect([french.status, french.text]).toEqual([english.status, english.text]);
    expect(languageOf(french)).toEqual([null, null]);
  });
});

describe('a caller who does not read French', () => {
  const stack = useStack();

  it.each(['en-GB', 'de, *;q=0.5', undefined])('gets English: %s', async (language) => {
    const headers = language === undefined ? {} : { 'accept-language': language };
    const answer = await stack().call('POST', 'subscriptions', {}, { headers });
    expect(answer.body.errors).toContainEqual({ path: 'url', message: 'is required' });
    expect(languageOf(answer)).toEqual(['en', 'accept-language']);
  });

  it('is not told about languages by a response without texts of ours', async () => {
    expect(languageOf(await stack().call('GET', 'keys', undefined, FRENCH))).toEqual([null, null]);
  });
});

describe('a catalogue', () => {
  const stack = useStack();
  const path = async () => `/v1/projects/${await stack().newProject('catalogue')}`;
  let project: string;
  beforeAll(async () => {
    project = await path();
    await stack().done('PUT', `${project}/presets/hirehop`);
  });
  const described = async (type: string, options?: typeof FRENCH) =>
    (await stack().call('GET', `${project}/event-types/${type}`, undefined, options)).body.description;

  it('is offered and listed in French', async () => {
    const { body, ...answer } = await stack().call('GET', `${project}/presets`, undefined, FRENCH);
    expect(languageOf(answer)).toEqual(['fr', 'accept-language']);
    expect(body.data[2].description).toBe(`Les webhooks de HireHop${nb}: affaires, factures, contacts`);
    expect(body.data[1].eventTypes[0].description).toBe(`Customer${nb}: un document a été créé`);
    const listed = await stack().call('GET', `${project}/event-types`, undefined, FRENCH);
    expect(listed.body.data).toContainEqual(
      expect.objectContaining({ type: 'job.created', description: 'Une affaire a été créée' }),
    );
    expect([await described('NewCustomer', FRENCH), await described('NewCustomer')]).toEqual([
      'Un client a été créé',
      'A customer was created',
    ]);
  });

  it('keeps the description that a project gives an event type', async () => {
    const edited = `${project}/event-types/job.updated`;
    await stack().done('PUT', edited, { description: 'Our job changed' });
    expect(await described('job.updated', FRENCH)).toBe('Our job changed');
  });

  it('stays in both languages if it is saved as a French caller has read it', async () => {
    const type = `${project}/event-types/invoice.status.updated`;
    const { description } = (await stack().call('GET', type, undefined, FRENCH)).body;
    const saved = await stack().call('PUT', type, { description, archived: true }, FRENCH);
    expect(saved.body).toMatchObject({ description, archived: true });
    expect(await described('invoice.status.updated')).toBe('The status of an invoice was changed');
  });
});
