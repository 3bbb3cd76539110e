import { warningsOf } from '../../citizens/warnings.ts';
import type { AppContext } from '../../context.ts';
import { AppError } from '../../contract/errors.ts';
import type { Offer } from '../../contract/http.ts';
import { api } from '../../contract/routes.ts';
import { loadSummaries } from '../../conversations/ticket-summaries.ts';
import { byFirstName } from '../../operators/actor.ts';
import { acceptOffer, declineOffer } from '../../routing/offers.ts';
import type { Register } from '../register.ts';

export function offerRoutes(register: Register, context: AppContext): void {
  const { database, unitOfWork, say, config, clock } = context;
  const { db } = database;

  register(api.currentOffer, async ({ operator }) => {
    const row = await db
      .selectFrom('offer')
      .selectAll()
      .where('operator_id', '=', operator.id)
      .where('outcome', 'is', null)
      .where('expires_at', '>', clock.now())
      .executeTakeFirst();
    const [ticket] = row ? await loadSummaries(db, [row.ticket_id]) : [];
    if (!row || !ticket) return { offer: null };
    const offer: Offer = {
      id: row.id,
      ticket,
      operatorId: operator.id,
      offeredAt: row.offered_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      warnings: await warningsOf(db, ticket.citizen.id, clock.now(), operator.protectedGrant),
    };
    return { offer };
  });

  register(api.acceptOffer, async ({ operator, params }) => {
    const ticket = await unitOfWork((unit) => acceptOffer(unit, say, params.id, byFirstName(operator)));
    const [summary] = await loadSummaries(db, [ticket.id]);
    if (!summary) throw new AppError('not_found');
    return summary;
  });

  register(api.declineOffer, async ({ operator, params }) => {
    await unitOfWork((unit) => declineOffer(unit, params.id, byFirstName(operator), config.DECLINE_COOLDOWN_SECONDS));
    return { ok: true as const };
  });
}
