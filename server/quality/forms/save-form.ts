import { type Origin, recordAudit } from '../../audit/record-audit.ts';
import type { City } from '../../contract/city.ts';
import { AppError } from '../../contract/errors.ts';
import type { FormVersion, QualityForm } from '../../contract/quality-form.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { currentForm } from './read-forms.ts';

/** Takes the city's form as the first version, where there is none yet. */
export async function seedForm({ tx, now }: Pick<Unit, 'tx' | 'now'>, { quality }: City): Promise<void> {
  await tx
    .insertInto('quality_form')
    .values({ version: 1, form: json(quality), saved_at: now, saved_by: null })
    .onConflict((conflict) => conflict.column('version').doNothing())
    .execute();
}

/** Makes the next version. @throws AppError `conflict` when somebody made one since `version` */
export async function saveForm(
  unit: Unit,
  origin: Origin,
  { version, form }: { version: number; form: QualityForm },
): Promise<FormVersion> {
  const before = await currentForm(unit.tx);
  if (before.version !== version) throw new AppError('conflict');
  // Two at the same instant: the primary key lets one of them through, and the other finds it on the second try.
  await unit.tx
    .insertInto('quality_form')
    .values({ version: version + 1, form: json(form), saved_at: unit.now, saved_by: origin.actor?.name ?? null })
    .execute();
  await recordAudit(unit, origin, {
    action: 'quality_form.saved',
    target: String(version + 1),
    before: before.form,
    after: form,
  });
  return currentForm(unit.tx);
}
