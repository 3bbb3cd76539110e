import type { ChatClientEvents } from '../../../../server/contract/socket.ts';
import type { ChatCore } from './chat-core.ts';
import type { ChatState } from './chat-state.ts';
import type { Sending } from './sending.ts';

/** What a resident tells of themselves and of the contact. Each resolves to whether it worked; if not, `state.notice` says why. */
export interface Contact {
  acceptNotice(): Promise<boolean>;
  introduce(answers: Parameters<ChatClientEvents['profile']>[0] & { topic?: string }): Promise<boolean>;
  /** Passes over the questions before the chat. */
  skipIntroduction(): void;
  rate(score: number, comment: string): Promise<boolean>;
  end(): Promise<boolean>;
}

export function createContact({ store, connection, memory }: ChatCore, sending: Pick<Sending, 'write'>): Contact {
  async function ask(answer: Promise<{ ok: true } | { ok: false; error: ChatState['notice'] }>): Promise<boolean> {
    store.set({ notice: null });
    const result = await answer;
    if (!result.ok) store.set({ notice: result.error });
    return result.ok;
  }

  function skipIntroduction(): void {
    memory.set('introduced', true);
    store.set({ introduced: true });
  }

  return {
    skipIntroduction,
    async acceptNotice() {
      const version = store.get().city?.privacyNotice.version ?? '';
      const isAccepted = await ask(connection.request('consent', { version }));
      if (isAccepted) store.set({ consentVersion: version });
      return isAccepted;
    },
    async introduce({ topic, ...answers }) {
      const isPersonal = Object.keys(answers).length > 0;
      if (isPersonal && !(await ask(connection.request('profile', answers)))) return false;
      const { profile } = store.get();
      store.set({ profile: { name: answers.name ?? profile.name, email: answers.email ?? profile.email } });
      skipIntroduction();
      // What it is about is the first thing they say.
      if (topic) sending.write([{ type: 'text', text: topic }]);
      return true;
    },
    async rate(score, comment) {
      const { ticket } = store.get();
      if (!ticket) return false;
      const text = comment.trim();
      const rating = { ticketId: ticket.id, score, ...(text && { comment: text }) };
      const isStored = await ask(connection.request('rate', rating));
      const { ticket: now } = store.get();
      if (isStored && now?.id === ticket.id) store.set({ ticket: { ...now, ratable: false } });
      return isStored;
    },
    end: () => ask(connection.request('end', {})),
  };
}
