import type { WarningKind } from '../../../server/contract/warning.ts';

export const warningIcons: Record<WarningKind, string> = {
  safety: 'i-lucide-triangle-alert',
  contact: 'i-lucide-phone-outgoing',
  health: 'i-lucide-heart-pulse',
  other: 'i-lucide-info',
};
