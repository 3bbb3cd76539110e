import { computed, reactive, ref } from 'vue';
import type {
  CallAct,
  PhoneAction,
  Saying,
  ScreenEvent,
  ScreenState,
  ShownAccount,
  ShownCall,
  ShownMessage,
  ShownPerson,
  Standing,
} from '../screen-api.ts';
import { ask, eventsUrl, Refused, sendBytes } from './api.ts';
import { say } from './words.ts';

const MOST_EXCHANGES = 200;

export const state = reactive<ScreenState>({
  accounts: [],
  people: [],
  messages: [],
  exchanges: [],
  calls: [],
  trouble: {
    delaySeconds: 0,
    double: false,
    disorder: false,
    batch: false,
    failNext: null,
    apiDown: false,
    apiDelaySeconds: 0,
  },
  standings: [],
  places: [],
});
export const chosen = reactive({ accountId: '', personId: 'ana' });
/** What went wrong last, until something goes right. */
export const problem = ref('');
export const isLost = ref(false);

export const account = computed<ShownAccount | undefined>(() =>
  state.accounts.find(({ id }) => id === chosen.accountId),
);
export const person = computed<ShownPerson | undefined>(() => state.people.find(({ id }) => id === chosen.personId));
export const thread = computed<ShownMessage[]>(() =>
  state.messages.filter((one) => one.accountId === chosen.accountId && one.personId === chosen.personId),
);
export const standing = computed<Standing | undefined>(() =>
  state.standings.find((one) => one.accountId === chosen.accountId && one.personId === chosen.personId),
);
/** Somebody without a number cannot use the channel that is open. */
export const isImpossible = computed(
  () => ['sms', 'voice'].includes(account.value?.channel ?? '') && person.value?.phone === null,
);
/** Of whoever plays, with the line that is open, oldest first. */
export const calls = computed<ShownCall[]>(() =>
  state.calls.filter((one) => one.accountId === chosen.accountId && one.personId === chosen.personId),
);
/** The one that is not over. */
export const liveCall = computed(() => calls.value.find(({ endedAt }) => endedAt === null));
/** Of the city, and not looked at yet: by account. */
export const unread = computed(() => {
  const counts = new Map<string, number>();
  // A telephone that rings elsewhere.
  for (const { accountId, personId, direction, status } of state.calls) {
    if (personId !== chosen.personId || accountId === chosen.accountId) continue;
    if (direction !== 'inbound' && status === 'ringing') counts.set(accountId, 1);
  }
  for (const { from, status, accountId, personId } of state.messages) {
    if (from !== 'city' || status !== 'delivered' || personId !== chosen.personId || accountId === chosen.accountId)
      continue;
    counts.set(accountId, (counts.get(accountId) ?? 0) + 1);
  }
  return counts;
});

/** Loads everything, and follows what happens from then on. */
export function begin(): void {
  const events = new EventSource(eventsUrl);
  // Also after a break in the line: what was missed is in the whole.
  events.onopen = () => void attempt(load);
  events.onerror = () => {
    isLost.value = true;
  };
  events.onmessage = ({ data }) => take(JSON.parse(data) as ScreenEvent);
}

async function load(): Promise<void> {
  Object.assign(state, await ask<ScreenState>('state'));
  isLost.value = false;
  if (!account.value) chosen.accountId = state.accounts[0]?.id ?? '';
  if (!person.value) chosen.personId = state.people[0]?.id ?? '';
}

function take(event: ScreenEvent): void {
  if (event.type === 'message') {
    put(state.messages, event.message);
    const { accountId, personId, from, at } = event.message;
    const known = state.standings.find((one) => one.accountId === accountId && one.personId === personId);
    if (from === 'person' && known) known.lastWroteAt = at;
  } else if (event.type === 'call') putCall(event.call);
  else if (event.type === 'person') put(state.people, event.person);
  else {
    state.exchanges.push(event.exchange);
    if (state.exchanges.length > MOST_EXCHANGES) state.exchanges.shift();
    if (state.trouble.failNext && event.exchange.kind === 'call' && event.exchange.method === 'POST') {
      void changeTrouble({});
    }
  }
}

function putCall(call: ShownCall): void {
  const index = state.calls.findIndex(({ sid }) => sid === call.sid);
  if (index < 0) state.calls.push(call);
  else state.calls[index] = call;
}

function put<T extends { id: string }>(into: T[], one: T): void {
  const index = into.findIndex(({ id }) => id === one.id);
  if (index < 0) into.push(one);
  else into[index] = one;
}

/** Does it, and says so when it cannot be done. @returns whether it was */
export async function attempt(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    problem.value = '';
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    problem.value = error.message;
    return false;
  }
}

const here = () => ({ personId: chosen.personId, accountId: chosen.accountId });

export const speak = (saying: Saying): Promise<boolean> =>
  attempt(async () => void (await ask('say', { ...here(), say: saying })));

export const sendFile = (kind: string, file: Blob, name = '', caption = ''): Promise<boolean> =>
  attempt(() =>
    sendBytes(
      { ...here(), kind, mimeType: file.type.split(';')[0] || 'application/octet-stream', name, caption },
      file,
    ),
  );

export const act = (action: PhoneAction): Promise<boolean> =>
  attempt(async () => {
    const changed = await ask<Standing>('phone', { ...here(), action });
    const index = state.standings.findIndex(
      (one) => one.accountId === changed.accountId && one.personId === changed.personId,
    );
    if (index < 0) state.standings.push(changed);
    else state.standings[index] = changed;
  });

export const startCall = (withheld: boolean): Promise<boolean> =>
  attempt(async () => void (await ask('call', { ...here(), withheld })));

export const actOnCall = (sid: string, act: CallAct): Promise<boolean> =>
  attempt(async () => void (await ask('call/act', { sid, act })));

export const changeTrouble = (trouble: Partial<ScreenState['trouble']>): Promise<boolean> =>
  attempt(async () => {
    state.trouble = await ask('trouble', trouble);
  });

export const addPerson = (name: string, phone: string): Promise<boolean> =>
  attempt(async () => {
    const added = await ask<ShownPerson>('people', { name, phone: phone.trim() || null });
    put(state.people, added);
    chosen.personId = added.id;
  });

/** A message in one line. */
export function preview(message: ShownMessage): string {
  const [first] = message.content;
  if (!first) return '';
  if ('text' in first) return first.text;
  if (first.type === 'choice') return first.title;
  if (first.type === 'location') return first.label || say('place');
  if (first.type === 'contact') return first.name;
  return first.type === 'media' ? first.caption || first.name || say('file_kind') : say('unsupported');
}
