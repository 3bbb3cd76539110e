import type { ProviderParts } from '../provider.ts';
import type { MetaAccount } from './meta-account.ts';
import { scopedId } from './page-webhook.ts';

/** What Graph says of an object or of what belongs to it (`id/edge`), as far as it is known here. */
export function describeObject(
  { world }: ProviderParts,
  own: MetaAccount[],
  path: string,
  query: Record<string, string>,
): object | null {
  const [id = '', edge] = path.split('/');
  if (path === 'debug_token') {
    const [account] = own;
    const isValid = own.some(({ settings }) => settings.accessToken === query.input_token);
    return {
      data: {
        app_id: '1000000000000001',
        is_valid: isValid,
        type: 'SYSTEM_USER',
        expires_at: 0,
        scopes: scopesOf(account),
        application: 'Simulated',
      },
    };
  }
  const account = own.find(({ settings }) => id === 'me' || settings.objectId === id);
  const business = own.find(({ settings }) => settings.businessAccountId === id);
  if (edge === 'subscribed_apps' && (account || business)) {
    return {
      data: [
        {
          id: '1000000000000001',
          name: 'Simulated',
          whatsapp_business_api_data: { id: '1000000000000001', name: 'Simulated' },
          subscribed_fields: [
            'messages',
            'messaging_postbacks',
            'message_deliveries',
            'message_reads',
            'message_reactions',
            'message_edits',
          ],
        },
      ],
    };
  }
  if (edge === 'message_templates' && business) return { data: templatesOf(world, query.name) };
  if (edge === 'phone_numbers' && business) return { data: [phoneNumber(business)] };
  if (edge !== undefined) return null;
  if (business) return { id, name: business.name, currency: 'MXN', timezone_id: '1' };
  if (account?.channel === 'whatsapp') return phoneNumber(account);
  if (account) return { id: account.settings.objectId, name: account.name, username: account.address };
  return profileOf(own, world, id);
}

function profileOf(own: MetaAccount[], world: ProviderParts['world'], id: string): object | null {
  for (const account of own) {
    const person = [...world.people.values()].find((one) => scopedId(account, one) === id);
    if (!person || account.channel === 'whatsapp') continue;
    const [first_name, ...rest] = person.name.split(' ');
    if (account.channel === 'instagram') return { id, name: person.name, username: person.username ?? person.id };
    return { id, first_name, last_name: rest.join(' '), name: person.name };
  }
  return null;
}

function templatesOf(world: ProviderParts['world'], name: string | undefined): object[] {
  return world.templates
    .filter((template) => !name || template.name === name)
    .map((template) => ({
      id: world.identifiers.digits(`template ${template.name} ${template.language}`, 16),
      name: template.name,
      language: template.language,
      status: 'APPROVED',
      category: template.category,
      components: [{ type: 'BODY', text: template.body }],
    }));
}

function phoneNumber({ settings, name, address }: MetaAccount): object {
  return {
    id: settings.objectId,
    verified_name: name,
    display_phone_number: address,
    quality_rating: 'GREEN',
    code_verification_status: 'VERIFIED',
    name_status: 'APPROVED',
    platform_type: 'CLOUD_API',
    status: 'CONNECTED',
    messaging_limit_tier: 'TIER_1K',
    throughput: { level: 'STANDARD' },
  };
}

function scopesOf(account: MetaAccount | undefined): string[] {
  if (account?.channel === 'whatsapp') return ['whatsapp_business_management', 'whatsapp_business_messaging'];
  if (account?.channel === 'instagram')
    return ['instagram_basic', 'instagram_manage_messages', 'pages_manage_metadata'];
  return ['pages_messaging', 'pages_manage_metadata', 'pages_read_engagement'];
}
