import { recordAudit } from '../../audit/record-audit.ts';
import { listCitizenContacts, openCitizen } from '../../citizens/citizen-page.ts';
import { addWarning, removeWarning, saveWarning } from '../../citizens/keep-warning.ts';
import { listMerges, presentMerge } from '../../citizens/list-merges.ts';
import { livingId } from '../../citizens/living.ts';
import { type Joined, mergeCitizens } from '../../citizens/merge-citizens.ts';
import { undoMerge } from '../../citizens/undo-merge.ts';
import type { AppContext } from '../../context.ts';
import type { Merge } from '../../contract/merge.ts';
import { api } from '../../contract/routes.ts';
import type { Warning } from '../../contract/warning.ts';
import { loadCitizen, updateCitizen } from '../../conversations/citizens.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { mustKnowCitizen } from '../../operators/desk/reach.ts';
import type { Register, SignedInCall } from '../register.ts';

export function citizenRoutes(register: Register, { database, unitOfWork, city, clock }: AppContext): void {
  const { db } = database;

  register(api.citizenPage, async ({ operator, params, origin }) => {
    const page = await openCitizen(db, city, operator, params.id, clock.now());
    if (page.protected) {
      await unitOfWork((unit) => recordAudit(unit, origin, { action: 'citizen.read', target: page.citizen.id }));
    }
    return page;
  });

  register(api.listCitizenContacts, ({ operator, params, query }) =>
    listCitizenContacts(db, operator, params.id, query),
  );

  register(api.addWarning, ({ operator, params, body, origin }) =>
    unitOfWork(async (unit) => {
      const after = await addWarning(unit, operator, params.id, body);
      await recordAudit(unit, origin, { action: 'warning.added', target: params.id, after: onRecord(after) });
      return after;
    }),
  );

  register(api.saveWarning, ({ operator, params, body, origin }) =>
    unitOfWork(async (unit) => {
      const { citizenId, before, after } = await saveWarning(unit, operator, params.id, body);
      const change = { before: onRecord(before), after: onRecord(after) };
      await recordAudit(unit, origin, { action: 'warning.changed', target: citizenId, ...change });
      return after;
    }),
  );

  register(api.removeWarning, ({ operator, params, origin }) =>
    unitOfWork(async (unit) => {
      const { citizenId, before } = await removeWarning(unit, operator, params.id);
      await recordAudit(unit, origin, { action: 'warning.removed', target: citizenId, before: onRecord(before) });
      return { ok: true as const };
    }),
  );

  register(api.updateCitizen, ({ params, body, operator, origin }) =>
    unitOfWork(async (unit) => {
      const id = await livingId(unit.tx, params.id);
      await mustKnowCitizen(unit.tx, operator, id);
      const { before, after } = await updateCitizen(unit, id, body);
      await recordAudit(unit, origin, { action: 'citizen.updated', target: id, before, after });
      return after;
    }),
  );

  register(api.listMerges, ({ operator, params }) => listMerges(db, operator, params.id));

  register(api.mergeCitizens, ({ operator, params, body, origin }) =>
    unitOfWork(async (unit) => {
      const joined = await mergeCitizens(unit, operator, params.id, body.otherId);
      return present(unit, joined, origin, 'citizen.merged');
    }),
  );

  register(api.undoMerge, ({ operator, params, origin }) =>
    unitOfWork(async (unit) => present(unit, await undoMerge(unit, operator, params.id), origin, 'citizen.parted')),
  );
}

/** Who reads the log has not always the grant. */
const onRecord = ({ kind, text, until, protected: isProtected }: Warning) => ({
  kind,
  until,
  protected: isProtected,
  ...(isProtected ? {} : { text }),
});

/** On record is who was joined, by what kind of evidence and how much moved: nothing that says who they are. */
async function present(
  unit: Unit,
  { merge, repeated }: Joined,
  origin: SignedInCall<typeof api.mergeCitizens>['origin'],
  action: string,
): Promise<Merge> {
  if (!repeated) {
    const moved = Object.fromEntries(Object.entries(merge.moved).map(([what, ids]) => [what, ids.length]));
    const after = { mergedId: merge.merged_id, evidence: merge.evidence.map(({ kind }) => kind), moved };
    await recordAudit(unit, origin, { action, target: merge.kept_id, after });
  }
  return presentMerge(merge, (await loadCitizen(unit.tx, merge.merged_id)).name);
}
