import { z } from 'zod';
import type { Finding, Template } from '../../server/contract/messaging.ts';
import { ask, bad, type Checked, good } from './checked.ts';

const SCREEN = 'business.facebook.com › WhatsApp Manager › Message templates';

const templatesSchema = z.object({
  data: z.array(
    z.looseObject({
      name: z.string(),
      language: z.string(),
      status: z.string(),
      components: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })).catch([]),
    }),
  ),
});
type Approved = z.infer<typeof templatesSchema>['data'][number];

/** Whether the city's templates are there, approved, and say what the city thinks they say. */
export async function checkTemplates({ graph, account, templates }: Checked): Promise<Finding[]> {
  const { businessAccountId } = account.settings;
  if (!businessAccountId) return [];
  return Promise.all(
    templates.map(async (template) => {
      const query = new URLSearchParams({
        name: template.name,
        fields: 'name,language,status,components',
        limit: '100',
      });
      const { data } = await ask(graph, `/${businessAccountId}/message_templates?${query}`, templatesSchema);
      // Meta looks for names that contain the one asked for.
      return judge(
        template,
        data.filter(({ name }) => name === template.name),
      );
    }),
  );
}

function judge({ id, name, language, body }: Template, found: Approved[]): Finding {
  const own = found.find((one) => one.language === language);
  if (!own) {
    const others = found.map((one) => one.language).join(', ');
    const what = others
      ? `La plantilla «${name}» está en ${others}, no en ${language}.`
      : `La plantilla «${name}» no existe en Meta.`;
    return bad(
      what,
      `Créala en ${SCREEN} › Create template, con ese nombre e idioma, o corrige «${id}» en templates.yaml.`,
    );
  }
  if (own.status !== 'APPROVED') {
    return bad(`WhatsApp no ha aprobado la plantilla «${name}» (${own.status}).`, `Mira por qué en ${SCREEN}.`);
  }
  const approved = own.components.find(({ type }) => type === 'BODY')?.text ?? '';
  const [theirs, ours] = [approved, body].map(variablesOf);
  if (theirs !== ours) {
    const what = `La plantilla «${name}» lleva ${theirs || 'ninguna variable'} en Meta y ${ours || 'ninguna'} en templates.yaml.`;
    return bad(what, `Copia el texto aprobado de ${SCREEN} a body de «${id}».`);
  }
  if (plain(approved) !== plain(body)) {
    return bad(
      `La plantilla «${name}» dice otra cosa en Meta: «${approved}».`,
      `Copia ese texto a body de «${id}» en templates.yaml.`,
    );
  }
  return good(`La plantilla «${name}» está aprobada y dice lo mismo.`);
}

const variablesOf = (text: string): string => [...new Set(text.match(/\{\{\d+\}\}/g))].sort().join(' ');
const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
