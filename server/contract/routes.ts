import type { z } from 'zod';
import type { endpoints } from './endpoints.ts';
import { administrationRoutes } from './routes/administration.ts';
import { boardRoutes } from './routes/board.ts';
import { callRoutes } from './routes/calls.ts';
import { caseRoutes } from './routes/cases.ts';
import { channelRoutes } from './routes/channels.ts';
import { citizenRoutes } from './routes/citizens.ts';
import { contentRoutes } from './routes/content.ts';
import { macroRoutes } from './routes/macros.ts';
import { reportRoutes } from './routes/reports.ts';
import type { Route } from './routes/route.ts';
import { sampleDayRoutes } from './routes/sample-day.ts';
import { sessionRoutes } from './routes/session.ts';
import { settingRoutes } from './routes/settings.ts';
import { signInWayRoutes } from './routes/sign-in-ways.ts';
import { ticketRoutes } from './routes/tickets.ts';

export type { Route } from './routes/route.ts';

/**
 * Every JSON route of `/api/v1`: the server registers them from here, the console calls them from here, and
 * `/api/openapi.json` is drawn from here. Methods and paths are those of `endpoints`.
 */
export const api = {
  ...sessionRoutes,
  ...signInWayRoutes,
  ...ticketRoutes,
  ...callRoutes,
  ...citizenRoutes,
  ...macroRoutes,
  ...channelRoutes,
  ...settingRoutes,
  ...boardRoutes,
  ...contentRoutes,
  ...caseRoutes,
  ...reportRoutes,
  ...administrationRoutes,
  ...sampleDayRoutes,
} as const satisfies Record<keyof typeof endpoints, Route>;

export type Api = typeof api;
export type RouteInput<R extends Route> = {
  params: z.input<R['params']>;
  query: z.input<R['query']>;
  body: z.input<R['body']>;
};
export type RouteOutput<R extends Route> = z.output<R['response']>;
