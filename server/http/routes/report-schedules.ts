import type { AppContext } from '../../context.ts';
import { fileRoutes } from '../../contract/endpoints.ts';
import { AppError } from '../../contract/errors.ts';
import { may } from '../../contract/permissions.ts';
import { monthQuerySchema } from '../../contract/report.ts';
import { api } from '../../contract/routes.ts';
import { headersOf, signedIn } from '../../operators/signed-in.ts';
import { makeMonthReport } from '../../reports/monthly/make-month-report.ts';
import { listRuns, listSchedules } from '../../reports/schedules/list-schedules.ts';
import { planRun } from '../../reports/schedules/plan-runs.ts';
import {
  approveRecipients,
  createSchedule,
  deleteSchedule,
  lockForChange,
  mayApprove,
  pauseSchedule,
  updateSchedule,
} from '../../reports/schedules/save-schedule.ts';
import { localeOf } from '../errors.ts';
import type { HttpApp } from '../http-app.ts';
import type { Register } from '../register.ts';

/** Reports that go out by themselves, and the one of the month on paper. */
export function reportScheduleRoutes(app: HttpApp, register: Register, context: AppContext): void {
  const { database, unitOfWork, city, clock, letters } = context;
  const { db } = database;
  const { timeZone } = city;
  const done = { ok: true as const };

  register(api.listReportSchedules, async ({ operator, request }) => ({
    schedules: await listSchedules(db, city, operator, localeOf(request.headers['accept-language'])),
    sentFrom: letters.from?.address ?? null,
    mayApprove: mayApprove(operator),
  }));

  register(api.createReportSchedule, ({ operator, origin, body }) =>
    unitOfWork(async (unit) => ({ id: await createSchedule(unit, operator, origin, body, timeZone) })),
  );

  register(api.saveReportSchedule, async ({ operator, origin, params, body }) => {
    await unitOfWork((unit) => updateSchedule(unit, operator, origin, params.id, body, timeZone));
    return done;
  });

  register(api.deleteReportSchedule, async ({ operator, origin, params }) => {
    await unitOfWork((unit) => deleteSchedule(unit, operator, origin, params.id));
    return done;
  });

  register(api.pauseReportSchedule, async ({ operator, origin, params, body }) => {
    await unitOfWork((unit) => pauseSchedule(unit, operator, origin, params.id, body.paused, timeZone));
    return done;
  });

  register(api.approveReportRecipients, async ({ origin, params }) => {
    await unitOfWork((unit) => approveRecipients(unit, origin, params.id));
    return done;
  });

  register(api.sendReportNow, async ({ operator, params }) => {
    await unitOfWork(async (unit) => {
      const schedule = await lockForChange(unit, operator, params.id);
      await planRun(unit, schedule, { why: 'asked', dueAt: unit.now, missed: 0 });
    });
    return done;
  });

  register(api.listReportRuns, ({ params }) => listRuns(db, params.id));

  app.get(
    fileRoutes.monthReport,
    { schema: { tags: ['Reports'], querystring: monthQuerySchema } },
    async (request, reply) => {
      const operator = await signedIn(context, headersOf(request));
      if (!operator) throw new AppError('unauthenticated');
      if (!may(operator, 'reports.export')) throw new AppError('forbidden');
      const { month, locale = operator.locale } = request.query;
      const body = await makeMonthReport({ city, clock, db }, operator, month, locale);
      return reply
        .header('content-type', 'application/pdf')
        .header('content-disposition', `attachment; filename="informe-${city.id}-${month}.pdf"`)
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'private, no-store')
        .send(body);
    },
  );
}
