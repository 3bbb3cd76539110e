import { z } from 'zod';
import type { Finding } from '../../server/contract/messaging.ts';
import { phoneOf } from '../../server/contract/phone.ts';
import { ask, bad, type Checked, doubtful, GraphRefusal, good, type MetaApp } from './checked.ts';

const MANAGER = 'business.facebook.com › WhatsApp Manager › Account tools › Phone numbers';

const numberSchema = z.looseObject({
  display_phone_number: z.string(),
  verified_name: z.string().catch(''),
  quality_rating: z.string().catch('UNKNOWN'),
  status: z.string().catch(''),
});

/** Whether the number of a WhatsApp account is the city's, connected and in good standing. */
export async function checkNumber({ graph, account }: Checked): Promise<Finding[]> {
  const { objectId } = account.settings;
  let number: z.infer<typeof numberSchema>;
  try {
    const fields = 'display_phone_number,verified_name,quality_rating,status';
    number = await ask(graph, `/${objectId}?fields=${fields}`, numberSchema);
  } catch (error) {
    if (!(error instanceof GraphRefusal)) throw error;
    const remedy =
      'Copia «Phone number ID» de developers.facebook.com › My Apps › (tu app) › WhatsApp › API Setup a WHATSAPP_PHONE_NUMBER_ID, y da al usuario del sistema acceso a esa cuenta.';
    return [bad(`El token no abre el número ${objectId} (${error.message}).`, remedy)];
  }
  const { display_phone_number: shown, verified_name: name, quality_rating: quality, status } = number;
  return [
    phoneOf(shown) === phoneOf(account.address)
      ? good(`El número es ${shown} («${name}»).`)
      : bad(
          `El número de ${objectId} es ${shown}, y en city.yaml dice ${account.address}.`,
          'Corrige address en accounts de city.yaml, o WHATSAPP_PHONE_NUMBER_ID.',
        ),
    ...(status && status !== 'CONNECTED'
      ? [
          bad(
            `El número no está conectado (${status}).`,
            `Revísalo en ${MANAGER}; uno nuevo se registra en WhatsApp › API Setup.`,
          ),
        ]
      : []),
    ...(quality === 'RED' || quality === 'YELLOW'
      ? [
          doubtful(
            `WhatsApp califica el número con ${quality}: puede limitar sus envíos.`,
            `Mira por qué en ${MANAGER}.`,
          ),
        ]
      : []),
  ];
}

const subscribedSchema = z.object({
  data: z.array(z.looseObject({ whatsapp_business_api_data: z.looseObject({ id: z.string() }).optional() })),
});

/** Whether the business account hands what happens over to the app. */
export async function checkBusinessAccount({ graph, account }: Checked, app: MetaApp): Promise<Finding[]> {
  const { businessAccountId } = account.settings;
  if (!businessAccountId) {
    const remedy =
      'Copia «WhatsApp Business Account ID» de developers.facebook.com › My Apps › (tu app) › WhatsApp › API Setup a WHATSAPP_BUSINESS_ACCOUNT_ID.';
    return [
      doubtful(
        'No se pudo revisar si la cuenta avisa a la app, ni las plantillas: falta WHATSAPP_BUSINESS_ACCOUNT_ID.',
        remedy,
      ),
    ];
  }
  const { data } = await ask(graph, `/${businessAccountId}/subscribed_apps`, subscribedSchema);
  if (data.some((one) => one.whatsapp_business_api_data?.id === app.id)) {
    return [good('La cuenta de WhatsApp avisa a la app de lo que pasa.')];
  }
  const remedy = `Hazlo una vez: curl -X POST '${account.settings.graphUrl}/${businessAccountId}/subscribed_apps' -H "Authorization: Bearer $WHATSAPP_ACCESS_TOKEN"`;
  return [bad('La cuenta de WhatsApp no avisa a la app: no llegaría ningún mensaje.', remedy)];
}
