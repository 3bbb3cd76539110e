import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Scope } from '../../server/contract/administration.ts';
import { api } from '../../server/contract/routes.ts';
import { callApi, createApiCaller } from '../support/api-caller.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';

let centre: ContactCentre;
let admin: OperatorClient;

beforeAll(async () => {
  centre = await startContactCentre();
  admin = await centre.operator('fernando');
});
afterAll(() => centre?.stop());

const program = (key: string) => createApiCaller(centre.url, { authorization: `Bearer ${key}` });
const make = (scopes: Scope[], expiresAt: string | null = null) =>
  admin.call(api.createApiKey, { body: { name: 'Obras', scopes, expiresAt } });

describe('a key', () => {
  test('opens what it is for, and nothing else', async () => {
    const { key, id, hint } = await make(['cases:read', 'queues:read']);
    const caller = program(key);
    expect((await caller.call(api.listCases)).cases).toEqual([]);
    expect(await caller.call(api.listQueues)).not.toEqual([]);

    const lacking = { status: 403, code: 'scope_missing' };
    expect(await caller.refused(api.listTickets)).toMatchObject({ ...lacking, details: { scope: 'tickets:read' } });
    const note = { clientId: crypto.randomUUID(), text: 'hola' };
    expect(await caller.refused(api.addCaseNote, { params: { id }, body: note })).toMatchObject({
      ...lacking,
      details: { scope: 'cases:write' },
    });
    for (const route of [api.listAudit, api.listApiKeys, api.listWebhooks, api.session, api.listOperators] as const) {
      expect(await caller.refused(route as typeof api.listAudit)).toMatchObject({ status: 403, code: 'forbidden' });
    }
    expect(key.endsWith(hint)).toBe(true);
    expect(JSON.stringify(await admin.call(api.listApiKeys))).not.toContain(key);
  });

  test('is known by its last use, until it expires or is withdrawn', async () => {
    const expiresAt = new Date(centre.clock.now().getTime() + 3_600_000).toISOString();
    const brief = await make(['cases:read'], expiresAt);
    await program(brief.key).call(api.listCases);
    const used = (await admin.call(api.listApiKeys)).find(({ id }) => id === brief.id);
    expect(Date.parse(used?.lastUsedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(brief.createdAt));
    centre.clock.advance(3_601);
    const invalid = { status: 401, code: 'invalid_api_key' };
    expect(await program(brief.key).refused(api.listCases)).toMatchObject(invalid);

    const withdrawn = await make(['cases:read']);
    await admin.call(api.revokeApiKey, { params: { id: withdrawn.id } });
    expect(await program(withdrawn.key).refused(api.listCases)).toMatchObject(invalid);
    expect(await program('linea_guessed').refused(api.listCases)).toMatchObject(invalid);
    const { entries } = await admin.call(api.listAudit);
    expect(entries.slice(0, 2)).toMatchObject([
      { action: 'api_key.revoked', target: withdrawn.id, actor: { name: 'Fernando Sosa' } },
      { action: 'api_key.created', after: { name: 'Obras', scopes: ['cases:read'] } },
    ]);
    expect(JSON.stringify(entries)).not.toContain(withdrawn.key);
  });

  test('stands in the story of what it changed, and files requests of Open311', async () => {
    const { key } = await make(['cases:read', 'cases:write']);
    const answer = await fetch(`${centre.url}/open311/v2/requests.json`, {
      method: 'POST',
      body: new URLSearchParams({
        api_key: key,
        service_code: 'bache',
        description: 'Un bache frente a la escuela',
        lat: '19.1738',
        long: '-96.1342',
      }),
    });
    expect(answer.status, await answer.clone().text()).toBe(201);
    const caller = program(key);
    const [filed] = (await caller.call(api.listCases)).cases;
    await caller.call(api.addCaseNote, {
      params: { id: filed?.id ?? '' },
      body: { clientId: crypto.randomUUID(), text: 'Cuadrilla asignada' },
    });
    const { events } = await caller.call(api.openCase, { params: { id: filed?.id ?? '' } });
    expect(events.at(-1)).toMatchObject({ type: 'note', actor: { name: 'Obras' } });
  });

  test('shows in the description of the API which scope opens what', async () => {
    const { body } = await callApi(centre.url, { ...api.listCases, path: '/../openapi.json' } as never);
    const { paths } = body as { paths: Record<string, { get: { security: unknown } }> };
    expect(paths['/api/v1/cases']?.get.security).toEqual([{ session: [] }, { key: ['cases:read'] }]);
    expect(paths['/api/v1/audit']?.get.security).toEqual([{ session: [] }]);
  });
});
