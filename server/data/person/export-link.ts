import { createHash, randomBytes } from 'node:crypto';
import { type Origin, recordAudit } from '../../audit/record-audit.ts';
import { addSeconds } from '../../clock.ts';
import { fileRoutes } from '../../contract/endpoints.ts';
import { AppError } from '../../contract/errors.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { Actor } from '../../operators/actor.ts';
import { lock, set } from './requests.ts';

const OPENS_SECONDS = 900;
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * A link to the copy of somebody's data; the one that was given before opens nothing any more.
 * @throws AppError `not_found`, `wrong_request_step` when there is none, or none any more
 */
export async function giveLink(unit: Unit, actor: Actor, id: string): Promise<{ url: string; expiresAt: string }> {
  const row = await lock(unit, actor, id);
  if (row.state !== 'ready') throw new AppError('wrong_request_step');
  const token = randomBytes(24).toString('base64url');
  const until = addSeconds(unit.now, OPENS_SECONDS);
  await set(unit, id, { link_hash: hashOf(token), link_until: until });
  return { url: `${fileRoutes.personExport(id)}?token=${token}`, expiresAt: until.toISOString() };
}

/** Opens the link, once. @returns where the bytes are. @throws AppError `not_found`, `link_expired` */
export async function openLink(unit: Unit, actor: Actor, origin: Origin, id: string, token: string): Promise<string> {
  const row = await lock(unit, actor, id);
  if (row.state !== 'ready' || !row.export_key || row.link_hash !== hashOf(token)) throw new AppError('link_expired');
  if (!row.link_until || row.link_until < unit.now) throw new AppError('link_expired');
  await set(unit, id, { link_hash: null, link_until: null, downloads: row.downloads + 1 });
  await recordAudit(unit, origin, { action: 'citizen.export_opened', target: row.citizen_id });
  return row.export_key;
}
