import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RoleView } from '../../server/contract/access.ts';
import { type Permission, permissionsOfBase } from '../../server/contract/permissions.ts';
import { api } from '../../server/contract/routes.ts';
import { createApiCaller } from '../support/api-caller.ts';
import { codeOf } from '../support/authenticator.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { connectOperator, type OperatorClient, signIn } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let admin: OperatorClient;
const password = 'una contraseña bastante larga';

beforeAll(async () => {
  centre = await startContactCentre({ settings: { PRESENCE_LEASE_SECONDS: 600 } });
  admin = await centre.operator('fernando');
});
afterAll(() => centre?.stop());

const makeRole = (name: string, permissions: readonly Permission[]): Promise<RoleView> =>
  admin.call(api.createRole, { body: { name, base: 'operator', permissions: [...permissions] } });

/** Somebody new with a role of the city, signed in and connected. */
async function somebodyWith(role: RoleView, name: string): Promise<OperatorClient> {
  const email = `${name.toLowerCase()}@veracruz.example.org`;
  const body = { name, email, password, role: role.base, roleId: role.id, queueIds: ['general'] };
  await admin.call(api.createOperator, { body });
  return connectOperator(centre.url, email, password);
}

describe('a role that the city makes', () => {
  test('begins as a copy, brings what a permission needs, and says who may do what', async () => {
    const role = await makeRole('Editora', ['articles.edit']);
    expect(role.permissions).toEqual(['content.read', 'articles.edit']);
    expect(
      await admin.refused(api.createRole, { body: { name: 'EDITORA', base: 'operator', permissions: [] } }),
    ).toMatchObject({ code: 'already_exists' });
    const editor = await somebodyWith(role, 'Edith');
    const { operator } = await editor.call(api.session);
    expect(operator).toMatchObject({ roleName: 'Editora', attends: false, permissions: role.permissions });
    await editor.call(api.listArticles);
    expect(await editor.refused(api.listTickets)).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await admin.call(api.listRoles)).find(({ id }) => id === role.id)?.people).toBe(1);

    expect(await admin.refused(api.deleteRole, { params: { id: role.id ?? '' } })).toMatchObject({ code: 'in_use' });
    await admin.call(api.updateOperator, { params: { id: editor.id }, body: { role: 'operator' } });
    await admin.call(api.deleteRole, { params: { id: role.id ?? '' } });
    const { entries } = await admin.call(api.listAudit);
    expect(entries.map(({ action }) => action)).toEqual(expect.arrayContaining(['role.created', 'role.deleted']));
    editor.leave();
  });

  test('counts at once for whoever is signed in: what they hold goes back, what they hear ends', async () => {
    const role = await makeRole('Turno de noche', permissionsOfBase.operator);
    const nora = await somebodyWith(role, 'Nora');
    const resident = await centre.resident();
    await resident.say('Quiero hablar con una persona');
    await resident.isTold('handed_off');
    await resident.ticketBecomes({ state: 'waiting' });
    const ticketId = resident.ticket?.id ?? '';
    await nora.call(api.takeTicket, { params: { id: ticketId } });
    await nora.watch(ticketId);

    const body = { name: role.name ?? '', permissions: ['cases.read', 'cases.all'] as Permission[] };
    await admin.call(api.saveRole, { params: { id: role.id ?? '' }, body });
    await until(() => nora.heard('access.changed').length > 0, { what: 'Nora to be told' });
    expect(nora.heard('access.changed').at(-1)?.operator.permissions).toEqual(body.permissions);
    expect(await nora.refused(api.openTicket, { params: { id: ticketId } })).toMatchObject({ status: 403 });
    await resident.ticketBecomes({ state: 'waiting' });
    await nora.call(api.listCases);
    expect(await nora.socket.emitWithAck('watch', { ticketId })).toMatchObject({ error: { code: 'not_found' } });
    expect(await nora.socket.emitWithAck('board.watch')).toMatchObject({ error: { code: 'forbidden' } });

    const [entry] = (await admin.call(api.listAudit)).entries;
    expect(entry).toMatchObject({
      action: 'role.updated',
      before: { permissions: role.permissions },
      after: { permissions: body.permissions },
    });
    nora.leave();
    await resident.ask('end');
  });
});

describe('nobody', () => {
  test('gives or takes what they do not have, or comes in as somebody who may more', async () => {
    const role = await makeRole('Recursos humanos', [...permissionsOfBase.operator, 'people.access', 'roles.manage']);
    const rosa = await somebodyWith(role, 'Rosa');
    const missing = { status: 403, code: 'permission_missing' };
    const id = admin.id;
    const newcomer = { name: 'Alguien', email: 'alguien@veracruz.example.org' };

    expect(await rosa.refused(api.createOperator, { body: { ...newcomer, role: 'supervisor' } })).toMatchObject(
      missing,
    );
    expect(
      await rosa.refused(api.createOperator, { body: { ...newcomer, role: 'operator', protectedGrant: true } }),
    ).toMatchObject(missing);
    expect(await rosa.refused(api.updateOperator, { params: { id }, body: { email: newcomer.email } })).toMatchObject(
      missing,
    );
    expect(await rosa.refused(api.inviteOperator, { params: { id } })).toMatchObject(missing);
    expect(await rosa.refused(api.removeTwoFactor, { params: { id } })).toMatchObject(missing);
    expect(await rosa.refused(api.endSessions, { params: { id }, body: {} })).toMatchObject(missing);
    expect(
      await rosa.refused(api.createRole, { body: { name: 'Todo', base: 'operator', permissions: ['audit.read'] } }),
    ).toMatchObject(missing);
    expect(
      await rosa.refused(api.saveSecondStepRule, {
        params: { id: 'administrator' },
        body: { required: false, graceDays: 0 },
      }),
    ).toMatchObject(missing);
    expect(
      await rosa.refused(api.updateOperator, { params: { id: rosa.id }, body: { role: 'administrator' } }),
    ).toMatchObject(missing);

    const { id: added } = await rosa.call(api.createOperator, { body: { ...newcomer, role: 'operator' } });
    expect((await rosa.call(api.inviteOperator, { params: { id: added } })).link).toContain('/console/join#');
    rosa.leave();
  });

  test('gives a key of the API more than they have', async () => {
    const role = await makeRole('Sistemas', ['integrations.manage']);
    const saul = await somebodyWith(role, 'Saul');
    const body = { name: 'Robot', scopes: ['tickets:write' as const] };
    expect(await saul.refused(api.createApiKey, { body })).toMatchObject({ code: 'permission_missing' });
    saul.leave();
  });

  test('takes the last administrator away, whoever they are', async () => {
    const { id } = await admin.call(api.createOperator, {
      body: { name: 'Gilda', email: 'gilda@veracruz.example.org', password, role: 'administrator' },
    });
    const gilda = await connectOperator(centre.url, 'gilda@veracruz.example.org', password);
    const self = { params: { id: admin.id }, body: { disabled: true } };
    expect(await admin.refused(api.updateOperator, self)).toMatchObject({ code: 'wrong_state' });
    // Each takes the other's role at the same moment: one of them stays.
    const answers = await Promise.allSettled([
      admin.call(api.updateOperator, { params: { id }, body: { role: 'operator' } }),
      gilda.call(api.updateOperator, { params: { id: admin.id }, body: { role: 'operator' } }),
    ]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const left = answers[0]?.status === 'fulfilled' ? admin : gilda;
    const administrators = (await left.call(api.listPeople)).filter(({ role }) => role === 'administrator');
    expect(administrators.map((each) => each.id)).toEqual([left.id]);
    if (left === gilda) {
      await gilda.call(api.updateOperator, { params: { id: admin.id }, body: { role: 'administrator' } });
    }
    gilda.leave();
  });
});

describe('a role that requires a second step', () => {
  test('reminds while there is time, then leads there before anything else; an administrator takes it back', async () => {
    const role = await makeRole('Ventanilla', permissionsOfBase.operator);
    const params = { id: role.id ?? randomUUID() };
    const vera = await somebodyWith(role, 'Vera');
    await admin.call(api.saveSecondStepRule, { params, body: { required: true, graceDays: 2 } });
    const { operator } = await vera.call(api.session);
    expect(operator.secondStep).toBe('due');
    expect(Date.parse(operator.secondStepDueAt ?? '') - centre.clock.now().getTime()).toBeGreaterThan(86_400_000);
    await vera.call(api.listTickets);

    centre.clock.advance(2 * 86_400 + 1);
    const inside = createApiCaller(centre.url, { cookie: (await signIn(centre.url, operator.email, password)).cookie });
    expect((await inside.call(api.session)).operator.secondStep).toBe('overdue');
    expect(await inside.refused(api.listTickets)).toMatchObject({ status: 403, code: 'second_step_missing' });
    const { uri } = await inside.call(api.beginTwoFactor, { body: { password } });
    await inside.call(api.confirmTwoFactor, { body: { code: codeOf(uri, new Date()) } });
    await until(async () => (await admin.call(api.listPeople)).find(({ id }) => id === vera.id)?.secondStep === 'on', {
      what: 'her second step',
    });

    await admin.call(api.removeTwoFactor, { params: { id: vera.id } });
    expect((await signIn(centre.url, operator.email, password)).session.operator.secondStep).toBe('overdue');
    await admin.call(api.saveSecondStepRule, { params, body: { required: false, graceDays: 2 } });
    const free = await signIn(centre.url, operator.email, password);
    expect(free.session.operator.secondStep).toBe('free');
    vera.leave();
  });
});
