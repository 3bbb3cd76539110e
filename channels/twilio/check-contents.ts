import type { Finding, Template } from '../../server/contract/messaging.ts';
import type { Checked } from './checked.ts';

const SCREEN = 'console.twilio.com › Messaging › Content Template Builder';

/** Whether the city's templates are there and approved by WhatsApp. */
export async function checkContents({ client }: Checked, templates: readonly Template[]): Promise<Finding[]> {
  const { refusalOf } = await import('./twilio-client.ts');
  return Promise.all(
    templates.map(async ({ id, contentSid }): Promise<Finding> => {
      if (!contentSid) {
        const remedy = `Créala en ${SCREEN} y copia su Content SID (HX…) a contentSid en templates.yaml.`;
        return {
          verdict: 'unknown',
          what: `La plantilla «${id}» no puede salir por Twilio: no tiene contentSid.`,
          remedy,
        };
      }
      try {
        const { whatsapp } = await client.content.v1.contents(contentSid).approvalFetch().fetch();
        const status = String(Object(whatsapp).status ?? 'unsubmitted');
        if (status === 'approved') return { verdict: 'good', what: `WhatsApp aprobó la plantilla «${id}».` };
        const remedy = `En ${SCREEN}, ábrela: ahí se envía a aprobación, o dice por qué se rechazó.`;
        return { verdict: 'bad', what: `WhatsApp no ha aprobado la plantilla «${id}» (${status}).`, remedy };
      } catch (error) {
        if (refusalOf(error)?.status !== 404) throw error;
        const remedy = `Copia el Content SID de ${SCREEN} a contentSid en templates.yaml.`;
        return { verdict: 'bad', what: `Twilio no conoce la plantilla «${id}» (${contentSid}).`, remedy };
      }
    }),
  );
}
