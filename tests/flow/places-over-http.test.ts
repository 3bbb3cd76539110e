import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';

let centre: ContactCentre;
beforeAll(async () => {
  centre = await startContactCentre();
});
afterAll(() => centre.stop());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${centre.url}${path}`, { headers, redirect: 'manual' });
const json = async (path: string) => JSON.parse(await (await get(path)).text());

test('an address field is helped, and a pin is told where it stands', async () => {
  const { suggestions } = await json('/api/v1/places?q=xalapa%20esq%20espa');
  expect(suggestions[0]).toMatchObject({ kind: 'corner', label: 'Xalapa y España, Ignacio Zaragoza' });
  expect(await json('/api/v1/places/at?latitude=19.2003&longitude=-96.1386')).toMatchObject({
    inside: true,
    colonia: 'Centro',
  });
  expect(await json('/api/v1/places/at?latitude=19.138&longitude=-96.105')).toMatchObject({ inside: false });
});

test('what is no place is refused in a plain sentence', async () => {
  for (const path of ['/places', '/places?q=', `/places?q=${'x'.repeat(201)}`, '/places/at?latitude=91&longitude=0']) {
    const answer = await get(`/api/v1${path}`);
    expect(answer.status, path).toBe(400);
    expect(await answer.text()).toContain('"code":"invalid_input"');
  }
});

test('the map is drawn from the city’s content, says that it is a sample, and names no other server', async () => {
  const answer = await get('/api/v1/map/style?theme=dark');
  const text = await answer.text();
  expect(text).toContain('Trazo de muestra');
  expect(text).not.toMatch(/https?:|glyphs|sprite/);
  expect(JSON.parse(text).version).toBe(8);
  expect(text).not.toBe(await (await get('/api/v1/map/style')).text());
  expect((await json('/api/v1/map')).sample).toBe(true);
  expect((await get('/api/v1/map/style?theme=pink')).status).toBe(400);
});

test('who has the map is told that it is still the same', async () => {
  const etag = (await get('/api/v1/map/style')).headers.get('etag') ?? '';
  const again = await get('/api/v1/map/style', { 'if-none-match': etag });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe('');
});

test('the city’s other sites may ask for places and maps', async () => {
  for (const path of ['/api/v1/places?q=xalapa', '/api/v1/map', '/api/v1/map/style', '/map/city-map.js']) {
    const { headers } = await get(path, { origin: 'https://turismo.example.org' });
    expect(headers.get('access-control-allow-origin'), path).toBe('*');
  }
});

test('one address cannot ask for places without end', async () => {
  const answers = await Promise.all(Array.from({ length: 260 }, () => get('/api/v1/places?q=xalapa')));
  expect(answers.map(({ status }) => status)).toContain(429);
  expect((await get('/api/v1/map')).status).toBe(200);
});

test('a map of the city’s choice is shown instead, and the policy allows its servers and no others', async () => {
  const other = await startContactCentre({
    settings: {
      MAP_STYLE_URL: 'https://maps.example.org/calm/style.json',
      MAP_ORIGINS: 'https://tiles.example.org/v1',
    },
  });
  try {
    const answer = await fetch(`${other.url}/api/v1/map/style`, { redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('https://maps.example.org/calm/style.json');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("connect-src 'self' https://maps.example.org https://tiles.example.org;");
    expect(policy).toContain("img-src 'self' blob: data: https://maps.example.org https://tiles.example.org;");
    expect(policy).toContain("script-src 'self';");
    expect(await (await fetch(`${other.url}/api/v1/map`)).text()).toContain('"sample":false');
  } finally {
    await other.stop();
  }
});
