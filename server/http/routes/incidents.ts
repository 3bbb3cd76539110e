import { recordAudit } from '../../audit/record-audit.ts';
import { linkCase, linkContact, lockIncident } from '../../board/incidents/link-to-incident.ts';
import { openIncident } from '../../board/incidents/open-incident.ts';
import { incidentsOfTicket, listIncidents, readIncident } from '../../board/incidents/read-incidents.ts';
import type { AppContext } from '../../context.ts';
import { AppError } from '../../contract/errors.ts';
import { api } from '../../contract/routes.ts';
import { mustSee } from '../../operators/actor.ts';
import type { Register } from '../register.ts';

/** One cause of many contacts. */
export function incidentRoutes(register: Register, context: AppContext): void {
  const { database, unitOfWork, cases } = context;
  const { db } = database;

  register(api.listIncidents, () => listIncidents(db));

  register(api.incidentsOfTicket, async ({ params, operator }) => {
    const ticket = await db.selectFrom('ticket').selectAll().where('id', '=', params.id).executeTakeFirst();
    if (!ticket) throw new AppError('not_found');
    mustSee(operator, ticket);
    return ticket.protected ? { linked: null, suggested: [] } : incidentsOfTicket(db, params.id);
  });

  register(api.openIncident, async ({ body, operator, origin }) => {
    const id = await unitOfWork(async (unit) => {
      const opened = await openIncident(unit, cases, operator, body);
      await recordAudit(unit, origin, { action: 'incident.opened', target: opened, after: body });
      return opened;
    });
    return readIncident(db, id);
  });

  register(api.linkToIncident, async ({ params, body, operator, origin }) => {
    await unitOfWork(async (unit) => {
      const incident = await lockIncident(unit, params.id);
      if (body.caseId) await linkCase(unit, operator, incident, body.caseId);
      if (body.ticketId) await linkContact(unit, operator, incident, body.ticketId);
      await recordAudit(unit, origin, { action: 'incident.linked', target: params.id, after: body });
      unit.emit('configuration.changed', 'incidents');
    });
    return readIncident(db, params.id);
  });

  register(api.closeIncident, async ({ params, origin }) => {
    await unitOfWork(async (unit) => {
      const incident = await lockIncident(unit, params.id);
      await unit.tx
        .updateTable('incident')
        .set((update) => ({ state: 'closed', closed_at: unit.now, version: update('version', '+', 1) }))
        .where('id', '=', incident.id)
        .execute();
      await recordAudit(unit, origin, { action: 'incident.closed', target: incident.id });
      unit.emit('configuration.changed', 'incidents');
    });
    return readIncident(db, params.id);
  });
}
