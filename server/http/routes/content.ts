import { listAudit } from '../../audit/list-audit.ts';
import { recordAudit } from '../../audit/record-audit.ts';
import { isOffered, priorityOf } from '../../cases/services.ts';
import { localDay } from '../../city/desk-content.ts';
import { comingHolidays } from '../../city/public-holidays.ts';
import type { AppContext } from '../../context.ts';
import type { City } from '../../contract/city.ts';
import type { ConsoleCity } from '../../contract/http.ts';
import { api } from '../../contract/routes.ts';
import { firstView } from '../../places/city-bounds.ts';
import { publicCity } from '../../residents/public-city.ts';
import { deleteCannedReply, listCannedReplies, saveCannedReply } from '../../settings/canned-replies.ts';
import { readChatSettings, saveChatSettings } from '../../settings/chat-settings.ts';
import type { Register } from '../register.ts';

export function contentRoutes(register: Register, context: AppContext): void {
  const { database, unitOfWork, city } = context;
  const { db } = database;

  register(api.city, () => publicCity(context));

  register(api.consoleCity, async () => ({
    id: city.id,
    name: city.name,
    timeZone: city.timeZone,
    accent: city.accent,
    dispositions: city.dispositions,
    topics: [...city.services.filter(isOffered), ...city.topics].map(({ id, title }) => ({ id, title })),
    departments: Object.entries(city.departmentAddresses).map(([id, address]) => ({
      id,
      title: city.departments[id] ?? id,
      address,
    })),
    allDepartments: Object.entries(city.departments).map(([id, title]) => ({
      id,
      title,
      active: city.departmentFacts[id]?.active !== false,
    })),
    services: city.services.map((service) => ({
      id: service.id,
      title: service.title,
      departmentId: service.department,
      location: service.location,
      workingDays: service.expected,
      priority: priorityOf(service),
      protected: service.protected,
      active: service.active,
      questions: service.questions,
    })),
    colonias: city.places.colonias.features.map(({ properties: { id, name } }) => ({ id, name })),
    contactName: city.contactName,
    holidays: comingHolidays(localDay(context.clock.now(), city.timeZone), city),
    templates: city.templates.map(({ contentSid: _, ...template }) => template),
    translates: context.translator !== null,
    map: viewOf(city),
  }));

  register(api.listCannedReplies, () => listCannedReplies(db));

  register(api.createCannedReply, ({ body, origin }) =>
    unitOfWork(async (unit) => {
      const reply = await saveCannedReply(unit, null, body);
      await recordAudit(unit, origin, { action: 'canned_reply.created', target: reply.id, after: reply });
      return reply;
    }),
  );

  register(api.saveCannedReply, ({ params, body, origin }) =>
    unitOfWork(async (unit) => {
      const before = (await listCannedReplies(unit.tx)).find((reply) => reply.id === params.id);
      const reply = await saveCannedReply(unit, params.id, body);
      await recordAudit(unit, origin, { action: 'canned_reply.updated', target: reply.id, before, after: reply });
      return reply;
    }),
  );

  register(api.deleteCannedReply, async ({ params, origin }) => {
    await unitOfWork(async (unit) => {
      const before = await deleteCannedReply(unit, params.id);
      await recordAudit(unit, origin, { action: 'canned_reply.deleted', target: params.id, before });
    });
    return { ok: true as const };
  });

  register(api.chatSettings, () => readChatSettings(db, city));

  register(api.saveChatSettings, ({ body, origin }) =>
    unitOfWork(async (unit) => {
      const before = await readChatSettings(unit.tx, city);
      await saveChatSettings(unit, body);
      await recordAudit(unit, origin, { action: 'chat_settings.updated', target: null, before, after: body });
      return body;
    }),
  );

  register(api.listAudit, ({ query }) => listAudit(db, query.cursor, query.limit));
}

/** The town in the middle of the first map somebody sees. */
function viewOf(city: City): ConsoleCity['map'] {
  const bounds = firstView(city);
  const { southWest, northEast } = bounds;
  return {
    bounds,
    center: {
      latitude: (southWest.latitude + northEast.latitude) / 2,
      longitude: (southWest.longitude + northEast.longitude) / 2,
    },
  };
}
