import { useLocalStorage } from '@vueuse/core';
import { onUnmounted, type Ref, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import type { BoardAlert } from '../../../server/contract/board.ts';
import { useDirectory } from '../stores/directory.ts';
import { playOfferSound } from './offer-sound.ts';
import { useAlertWords } from './use-alert-words.ts';

const supported = 'Notification' in window;

/** An alarm that is new rings on this board, and is told outside of it to whoever asked for that. */
export function useBoardAlarm(alerts: Ref<readonly BoardAlert[]>) {
  const { t } = useI18n();
  const directory = useDirectory();
  const words = useAlertWords();
  const sound = useLocalStorage('console:board-sound', true);
  const wanted = useLocalStorage('console:board-notifications', false);
  const permission = ref(supported ? Notification.permission : 'denied');
  const shown: Notification[] = [];
  /** What stood already when the board was opened is no news. */
  let known: Set<string> | null = null;

  watch(
    alerts,
    (now) => {
      const before = known;
      known = new Set(now.filter(({ severity }) => severity === 'alarm').map(({ id }) => id));
      if (!before) return;
      const fresh = now.filter(({ id, severity }) => severity === 'alarm' && !before.has(id));
      if (sound.value && fresh.some(({ ring }) => ring)) playOfferSound();
      if (wanted.value && permission.value === 'granted' && !document.hasFocus()) {
        for (const alert of fresh.filter(({ notify }) => notify)) tell(alert);
      }
    },
    { immediate: true },
  );

  function tell(alert: BoardAlert) {
    const { title, text } = words(alert);
    const notification = new Notification(title, {
      body: text,
      tag: alert.id,
      lang: document.documentElement.lang,
    });
    notification.onclick = () => {
      window.focus();
      notification.close();
    };
    shown.push(notification);
  }

  /** The browser asks only now, because somebody pressed the button. */
  async function toggleNotifications() {
    if (wanted.value) wanted.value = false;
    else if (supported) {
      permission.value = await Notification.requestPermission();
      wanted.value = permission.value === 'granted';
      if (wanted.value) new Notification(t('board.notifications.title', { city: directory.city?.name ?? '' }));
    }
  }
  onUnmounted(() => {
    for (const notification of shown) notification.close();
  });
  return { sound, wanted, permission, toggleNotifications };
}
