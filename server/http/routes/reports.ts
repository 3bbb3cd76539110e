import type { AppContext } from '../../context.ts';
import { fileRoutes } from '../../contract/endpoints.ts';
import { AppError } from '../../contract/errors.ts';
import { may } from '../../contract/permissions.ts';
import { exportQuerySchema } from '../../contract/report.ts';
import { api } from '../../contract/routes.ts';
import { headersOf, signedIn } from '../../operators/signed-in.ts';
import { csvOf, xlsxOf } from '../../reports/export-report.ts';
import { makeReport } from '../../reports/report.ts';
import { listReportRows } from '../../reports/report-rows.ts';
import { makeForecast } from '../../reports/staffing/forecast.ts';
import { localeOf } from '../errors.ts';
import type { HttpApp } from '../http-app.ts';
import type { Register } from '../register.ts';

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export function reportRoutes(app: HttpApp, register: Register, context: AppContext): void {
  const parts = { city: context.city, clock: context.clock, db: context.database.db };

  register(api.report, ({ operator, query, request }) =>
    makeReport(parts, operator, query, localeOf(request.headers['accept-language'])),
  );

  register(api.reportRows, ({ operator, query, request }) =>
    listReportRows(parts, operator, query, localeOf(request.headers['accept-language'])),
  );

  register(api.forecast, ({ operator, query }) => makeForecast(parts, operator, query));

  app.get(
    fileRoutes.report,
    { schema: { tags: ['Reports'], querystring: exportQuerySchema } },
    async (request, reply) => {
      const operator = await signedIn(context, headersOf(request));
      if (!operator) throw new AppError('unauthenticated');
      if (!may(operator, 'reports.export')) throw new AppError('forbidden');
      const { format, ...query } = request.query;
      const report = await makeReport(parts, operator, query, operator.locale);
      const body = format === 'csv' ? csvOf(report, operator.locale) : await xlsxOf(report, operator.locale);
      const name = `reporte-${query.by}-${query.from}-${query.to}.${format}`;
      return reply
        .header('content-type', types[format])
        .header('content-disposition', `attachment; filename="${name}"`)
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'private, no-store')
        .send(body);
    },
  );
}
