import { useI18n } from 'vue-i18n';
import type { Citizen } from '../../../server/contract/http.ts';
import { spokenPhone } from './phone.ts';

export type KnownIdentity = Citizen['identities'][number];

const isPhone = (address: string) => /^\+\d{7,15}$/.test(address);
/** Channels whose addresses are ids that mean nothing to a reader. */
const byId: ReadonlySet<KnownIdentity['channel']> = new Set(['botframework', 'chat', 'instagram', 'messenger']);

/** An address as people know it: a phone in groups, a mail address, and for a mere id the name that came with it. */
export function useIdentityWords() {
  const { t } = useI18n();

  function identityWords({ channel, address, displayName }: KnownIdentity): string {
    if (channel === 'chat') return displayName ?? t('citizen.webVisitor');
    if (isPhone(address)) return spokenPhone(address);
    if (channel === 'whatsapp') return displayName ?? t('citizen.withoutNumber');
    return byId.has(channel) ? (displayName ?? t('citizen.profile')) : address;
  }

  /** What goes without saying beside the address; null where it says it all. */
  function identityDetail({ channel, address, displayName }: KnownIdentity): string | null {
    if (channel === 'whatsapp' && !isPhone(address)) return displayName ? t('citizen.withoutNumber') : null;
    return channel !== 'chat' && !byId.has(channel) ? displayName : null;
  }
  return { identityWords, identityDetail };
}
