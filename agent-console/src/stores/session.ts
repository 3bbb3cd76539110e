import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { Locale } from '../../../server/contract/errors.ts';
import type { Me, Presence } from '../../../server/contract/http.ts';
import type { Permission } from '../../../server/contract/permissions.ts';
import { call } from '../api/client.ts';
import { consoleSocket } from '../api/socket.ts';
import { forgetWritten } from '../composables/draft-storage.ts';
import { speak } from '../i18n.ts';
import type { May } from '../places.ts';

/** The language an operator chose in this browser; until then they get the one of their account. */
const localeKey = (operatorId: string) => `console:locale:${operatorId}`;
function chosenLocale(operatorId: string): Locale | null {
  const chosen = localStorage.getItem(localeKey(operatorId));
  return chosen === 'es' || chosen === 'en' ? chosen : null;
}

/** Who is signed in, and whether they take contacts. */
export const useSession = defineStore('session', () => {
  const operator = ref<Me | null>(null);
  const presence = ref<Presence | null>(null);

  const permissions = computed(() => new Set<Permission>(operator.value?.permissions));
  /** What is not allowed is left out, or refused with a sentence; the server asks the same of every request. */
  const may: May = (needs) => [needs].flat().some((permission) => permissions.value.has(permission));
  const attends = computed(() => may('contacts.attend'));
  /** Acts on what others hold. */
  const supervises = computed(() => may('contacts.intervene'));

  async function begin(session: { operator: Me; presence: Presence }) {
    operator.value = session.operator;
    presence.value = session.presence;
    await speak(chosenLocale(session.operator.id) ?? session.operator.locale);
  }

  consoleSocket().on('access.changed', ({ operator: now }) => {
    operator.value = now;
  });

  async function resume() {
    await begin(await call('session'));
  }

  async function signIn(email: string, password: string) {
    await begin(await call('signIn', { body: { email, password } }));
  }

  /** The second step of signing in. */
  async function enterCode(code: string) {
    await begin(await call('enterCode', { body: { code } }));
  }

  /** Ends the session and leaves nothing of it in this browser: a full load of the page empties the memory. */
  async function signOut() {
    // First, because the server hangs up on a session that ended, which would look like a lost connection.
    consoleSocket().disconnect();
    await call('signOut').catch((failure) => {
      consoleSocket().connect();
      throw failure;
    });
    if (operator.value) forgetWritten(operator.value.id);
    location.assign('/console/sign-in');
  }

  async function setPresence(status: 'available' | 'away') {
    presence.value = await call('setPresence', { body: { status } });
  }

  async function setLocale(locale: Locale) {
    await speak(locale);
    if (operator.value) localStorage.setItem(localeKey(operator.value.id), locale);
  }

  return {
    operator,
    presence,
    may,
    supervises,
    attends,
    resume,
    signIn,
    enterCode,
    signOut,
    setPresence,
    setLocale,
  };
});
