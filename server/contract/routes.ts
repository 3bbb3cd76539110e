import type { z } from 'zod';
import type { endpoints } from './endpoints.ts';
import { accessRoutes } from './routes/access.ts';
import { administrationRoutes } from './routes/administration.ts';
import { boardRoutes } from './routes/board.ts';
import { callRoutes } from './routes/calls.ts';
import { caseRoutes } from './routes/cases.ts';
import { channelRoutes } from './routes/channels.ts';
import { citizenRoutes } from './routes/citizens.ts';
import { cityContentRoutes } from './routes/city-content.ts';
import { contentRoutes } from './routes/content.ts';
import { dataRoutes } from './routes/data.ts';
import { followUpRoutes } from './routes/follow-ups.ts';
import { macroRoutes } from './routes/macros.ts';
import { qualityRoutes } from './routes/quality.ts';
import { reportScheduleRoutes } from './routes/report-schedules.ts';
import { reportRoutes } from './routes/reports.ts';
import type { Route } from './routes/route.ts';
import { sampleDayRoutes } from './routes/sample-day.ts';
import { sessionRoutes } from './routes/session.ts';
import { settingRoutes } from './routes/settings.ts';
import { signInWayRoutes } from './routes/sign-in-ways.ts';
import { teamRoutes } from './routes/team.ts';
import { ticketRoutes } from './routes/tickets.ts';
import { writingRoutes } from './routes/writing.ts';

export type { Route } from './routes/route.ts';

/**
 * Every JSON route of `/api/v1`: the server registers them from here, the console calls them from here, and
 * `/api/openapi.json` is drawn from here. Methods and paths are those of `endpoints`.
 */
export const api = {
  ...sessionRoutes,
  ...signInWayRoutes,
  ...accessRoutes,
  ...ticketRoutes,
  ...writingRoutes,
  ...callRoutes,
  ...citizenRoutes,
  ...followUpRoutes,
  ...teamRoutes,
  ...macroRoutes,
  ...channelRoutes,
  ...settingRoutes,
  ...boardRoutes,
  ...contentRoutes,
  ...cityContentRoutes,
  ...caseRoutes,
  ...reportRoutes,
  ...reportScheduleRoutes,
  ...qualityRoutes,
  ...administrationRoutes,
  ...dataRoutes,
  ...sampleDayRoutes,
} as const satisfies Record<keyof typeof endpoints, Route>;

export type Api = typeof api;
export type RouteInput<R extends Route> = {
  params: z.input<R['params']>;
  query: z.input<R['query']>;
  body: z.input<R['body']>;
};
export type RouteOutput<R extends Route> = z.output<R['response']>;
