import { recordAudit } from '../../audit/record-audit.ts';
import type { AppContext } from '../../context.ts';
import { api } from '../../contract/routes.ts';
import { createSampleDays } from '../../sample-day/loading/sample-days.ts';
import type { Register } from '../register.ts';

export function sampleDayRoutes(register: Register, context: AppContext): void {
  const { unitOfWork } = context;
  const days = createSampleDays(context);

  register(api.sampleDay, () => days.current());

  register(api.loadSampleDay, async ({ body, operator, origin }) => {
    await days.load(body, operator);
    await unitOfWork((unit) => recordAudit(unit, origin, { action: 'sample_day.loaded', target: null, after: body }));
    return days.current();
  });

  register(api.removeSampleDay, async ({ origin }) => {
    const rows = await days.remove();
    await unitOfWork((unit) => recordAudit(unit, origin, { action: 'sample_day.removed', target: null, before: rows }));
    return { rows };
  });
}
