import { useI18n } from 'vue-i18n';
import type { Citizen } from '../../../server/contract/http.ts';
import { spokenPhone } from './phone.ts';

export type KnownIdentity = Citizen['identities'][number];

const isPhone = (address: string) => /^\+\d{7,15}$/.test(address);
/** Channels whose addresses are ids that mean nothing to a reader. */
const byId: ReadonlySet<KnownIdentity['channel']> = new Set(['botframework', 'chat', 'instagram', 'messenger']);

/**
 * As they are shown: whoever writes by WhatsApp under a number may be known by an id of it too, which says nothing more.
 * That they asked for no more notices counts by either.
 */
export function shownIdentities(identities: readonly KnownIdentity[]): KnownIdentity[] {
  const isId = ({ channel, address }: KnownIdentity) => channel === 'whatsapp' && !isPhone(address);
  const ids = identities.filter(isId);
  const numbered = identities.find(({ channel, address }) => channel === 'whatsapp' && isPhone(address));
  if (!numbered || ids.length === 0) return [...identities];
  const optedOutAt = numbered.optedOutAt ?? ids.find((each) => each.optedOutAt)?.optedOutAt ?? null;
  const displayName = numbered.displayName ?? ids.find((each) => each.displayName)?.displayName ?? null;
  return identities
    .filter((each) => !isId(each))
    .map((each) => (each === numbered ? { ...each, optedOutAt, displayName } : each));
}

/** An address as people know it: a phone in groups, a mail address, and for a mere id the name that came with it. */
export function useIdentityWords() {
  const { t } = useI18n();

  function identityWords({ channel, address, displayName }: KnownIdentity): string {
    if (channel === 'chat') return displayName ?? t('citizen.webVisitor');
    if (isPhone(address)) return spokenPhone(address);
    // From the page, or with the number withheld.
    if (channel === 'voice') return displayName ?? t('citizen.withoutNumber');
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
