import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import type { CaseParts } from '../cases/case-parts.ts';
import type { CaseRow } from '../cases/case-row.ts';
import { prepareCase } from '../cases/create-case.ts';
import { openCase } from '../cases/open-case.ts';
import { emailSchema } from '../contract/channel.ts';
import { limits } from '../contract/limits.ts';
import { fieldSchema, textSchema } from '../contract/message.ts';
import type { GivenAnswer } from '../contract/service-form.ts';
import type { Unit, UnitOfWork } from '../database/unit-of-work.ts';
import { publicService } from './public-services.ts';

const optional = <T extends z.ZodType>(schema: T) => z.preprocess((value) => value || undefined, schema.optional());

/** The standard's fields but for its attributes. `account_id`, `device_id` and `jurisdiction_id` are read over. */
export const requestSchema = z.object({
  api_key: z.string().max(200).optional(),
  service_code: z.string().min(1).max(60),
  lat: optional(z.coerce.number().min(-90).max(90)),
  long: optional(z.coerce.number().min(-180).max(180)),
  address_string: optional(fieldSchema(300)),
  description: optional(textSchema(limits.textLength)),
  media_url: optional(z.url({ protocol: /^https?$/ }).max(500)),
  first_name: optional(fieldSchema(60)),
  last_name: optional(fieldSchema(60)),
  email: optional(emailSchema),
  phone: optional(z.string().max(40)),
});
export type Request = z.output<typeof requestSchema>;

/**
 * A case from another program. A picture's address is kept among the words: nothing is fetched from strangers.
 * @throws Open311Error, AppError `outside_city`, `place_required`
 */
export async function createRequest(
  unitOfWork: UnitOfWork,
  parts: CaseParts,
  request: Request,
  answers: GivenAnswer[],
): Promise<CaseRow> {
  const service = publicService(parts.city, request.service_code);
  const point =
    request.lat === undefined || request.long === undefined ? null : { latitude: request.lat, longitude: request.long };
  const place = { point, address: request.address_string ?? null, coloniaId: null, reference: null };
  // The address of a picture stands for the picture itself.
  const attachmentIds = request.media_url ? [request.media_url] : [];
  const prepared = prepareCase(parts, { serviceId: service.id, place, triage: false, answers, attachmentIds });
  const words = [request.description ?? service.title, request.media_url].filter(Boolean).join('\n');
  return unitOfWork(async (unit) =>
    openCase(unit, parts.city, {
      ...prepared,
      draft: { description: words, attachmentIds: [], affected: null, safeContact: null },
      actor: { type: 'system', id: null, name: 'Open311' },
      originKey: null,
      channel: null,
      citizenId: await reporterOf(unit, request),
      conversationId: null,
      ticketId: null,
      operatorId: null,
    }),
  );
}

/** Whoever left a way to be reached. Known by no address of ours, so that nobody is taken for somebody else. */
async function reporterOf(unit: Unit, { first_name: first, last_name: last, email, phone }: Request) {
  const name = [first, last].filter(Boolean).join(' ').trim() || null;
  const number = phone?.replace(/[\s().-]/g, '') ?? '';
  const known = /^\+[1-9]\d{6,14}$/.test(number) ? number : null;
  if (!name && !email && !known) return null;
  const id = uuid();
  await unit.tx
    .insertInto('citizen')
    .values({
      id,
      name,
      email: email ?? null,
      phone: known,
      locale: 'es',
      about: null,
      created_at: unit.now,
      updated_at: unit.now,
    })
    .execute();
  return id;
}
