import { useIntervalFn } from '@vueuse/core';
import { onUnmounted, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useOffers } from '../stores/offers.ts';
import { usePreferences } from '../stores/preferences.ts';
import { playOfferSound, unlockSound } from './offer-sound.ts';

const REPEAT_MILLISECONDS = 6_000;

/** Makes an offer noticed in another tab or window: a sound now and again, and a title that alternates. */
export function useOfferAlert() {
  const offers = useOffers();
  const preferences = usePreferences();
  const { t } = useI18n();
  unlockSound();

  const ring = () => {
    // A call rings as a telephone does, by its own part of the card.
    if (preferences.sound && offers.current?.ticket.channel !== 'voice') playOfferSound();
  };
  const repeat = useIntervalFn(ring, REPEAT_MILLISECONDS, { immediate: false });

  let title = document.title;
  const blink = useIntervalFn(
    () => {
      const attention = `● ${t('offer.title')}`;
      if (document.title !== attention) title = document.title;
      document.title = document.title === attention ? title : attention;
    },
    1_000,
    { immediate: false },
  );
  function calm() {
    repeat.pause();
    if (blink.isActive.value) document.title = title;
    blink.pause();
  }

  watch(
    () => offers.current?.id,
    (id) => {
      calm();
      if (!id) return;
      title = document.title;
      ring();
      repeat.resume();
      blink.resume();
    },
    { immediate: true },
  );
  onUnmounted(calm);
}
