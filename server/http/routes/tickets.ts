import { recordAudit } from '../../audit/record-audit.ts';
import { warningsOf } from '../../citizens/warnings.ts';
import type { AppContext } from '../../context.ts';
import type { Viewers } from '../../contract/console.ts';
import { AppError } from '../../contract/errors.ts';
import type { TicketSummary } from '../../contract/http.ts';
import { api } from '../../contract/routes.ts';
import { readMessages } from '../../conversations/read-messages.ts';
import { loadSummaries } from '../../conversations/ticket-summaries.ts';
import { closeTicket, reopenTicket } from '../../operators/desk/close-ticket.ts';
import { forwardTicket } from '../../operators/desk/forward-ticket.ts';
import { type MergedTickets, mergeTickets } from '../../operators/desk/merging/merge-tickets.ts';
import { undoTicketMerge } from '../../operators/desk/merging/undo-ticket-merge.ts';
import { openTicket } from '../../operators/desk/open-ticket.ts';
import { reachOf } from '../../operators/desk/reach.ts';
import { addNote, markRead } from '../../operators/desk/read-and-note.ts';
import { retryMessage } from '../../operators/desk/retry-message.ts';
import { sendMessage } from '../../operators/desk/send-message.ts';
import { snoozeTicket, takeBack } from '../../operators/desk/snooze-ticket.ts';
import { takeTicket } from '../../operators/desk/take-ticket.ts';
import { transferTicket } from '../../operators/desk/transfer-ticket.ts';
import type { Register } from '../register.ts';

export function ticketRoutes(register: Register, context: AppContext, viewers: Viewers): void {
  const { database, unitOfWork, say, city, windows, clock } = context;
  const { db } = database;

  async function summary(ticket: { id: string }): Promise<TicketSummary> {
    const [found] = await loadSummaries(db, [ticket.id]);
    if (!found) throw new AppError('not_found');
    return found;
  }

  register(api.openTicket, async ({ operator, params, origin }) => {
    const detail = await openTicket(db, context, operator, params.id);
    if (detail.ticket.protected) {
      await unitOfWork((unit) => recordAudit(unit, origin, { action: 'ticket.read', target: params.id }));
    }
    const [watching, warnings] = await Promise.all([
      viewers.of(params.id),
      warningsOf(db, detail.citizen.id, clock.now(), operator.protectedGrant),
    ]);
    return { ...detail, viewers: watching, warnings };
  });

  register(api.takeTicket, async ({ operator, params }) =>
    summary(await unitOfWork((unit) => takeTicket(unit, say, operator, params.id))),
  );

  register(api.sendMessage, ({ operator, params, body }) =>
    unitOfWork((unit) => sendMessage(unit, context, operator, params.id, body)),
  );

  register(api.addNote, ({ operator, params, body }) => unitOfWork((unit) => addNote(unit, operator, params.id, body)));

  register(api.transferTicket, async ({ operator, params, body }) =>
    summary(await unitOfWork((unit) => transferTicket(unit, say, operator, params.id, body))),
  );

  register(api.closeTicket, async ({ operator, params, body }) => {
    if (!context.city.dispositions.some((disposition) => disposition.id === body.disposition)) {
      throw new AppError('invalid_input', { disposition: body.disposition });
    }
    return summary(await unitOfWork((unit) => closeTicket(unit, say, operator, params.id, body)));
  });

  register(api.reopenTicket, async ({ operator, params }) =>
    summary(await unitOfWork((unit) => reopenTicket(unit, say, operator, params.id))),
  );

  const presentMerge = async ({ merged, kept }: MergedTickets) => ({
    merged: await summary(merged),
    kept: await summary(kept),
  });
  register(api.mergeTickets, async ({ operator, params, body }) =>
    presentMerge(await unitOfWork((unit) => mergeTickets(unit, operator, params.id, body))),
  );
  register(api.undoTicketMerge, async ({ operator, params }) =>
    presentMerge(await unitOfWork((unit) => undoTicketMerge(unit, operator, params.id))),
  );

  register(api.snoozeTicket, async ({ operator, params, body }) => {
    const until = body.until ? new Date(body.until) : null;
    return summary(await unitOfWork((unit) => snoozeTicket(unit, operator, params.id, until)));
  });

  register(api.wakeTicket, async ({ operator, params }) =>
    summary(await unitOfWork((unit) => takeBack(unit, operator, params.id))),
  );

  register(api.forwardTicket, ({ operator, params, body }) =>
    unitOfWork((unit) => forwardTicket(unit, say, city, operator, params.id, body)),
  );

  register(api.retryMessage, ({ operator, params }) =>
    unitOfWork((unit) => retryMessage(unit, windows, operator, params.id)),
  );

  register(api.markRead, async ({ operator, params, body }) => {
    await unitOfWork((unit) => markRead(unit, operator, params.id, body));
    return { ok: true as const };
  });

  register(api.listMessages, async ({ operator, params, query }) => {
    const reach = await reachOf(db, operator, params.id);
    return readMessages(db, params.id, { ...query, reach });
  });
}
