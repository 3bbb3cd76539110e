import type { ShownExchange } from '../screen-api.ts';

/** What an exchange is about in a word or two, in the provider's own: `text`, `delivered`, `typing_on`. */
export function gistOf({ request }: ShownExchange): string {
  try {
    return ofJson(JSON.parse(request));
  } catch {
    const form = new URLSearchParams(request);
    return form.get('MessageStatus') ?? form.get('MessageType') ?? (form.has('Body') ? 'text' : ofCall(form));
  }
}

/** Of a request about a telephone call: what happened in it, what was heard, or how it stands. */
function ofCall(form: URLSearchParams): string {
  const heard = form.get('SpeechResult') ?? form.get('Digits');
  const event = form.get('StatusCallbackEvent') ?? form.get('RecordingStatus') ?? form.get('QueueResult');
  return event ?? (heard ? `«${heard}»` : (form.get('DialCallStatus') ?? form.get('CallStatus') ?? ''));
}

/** JSON of Meta's, as deep as its gist lies. */
interface Body {
  entry?: { changes?: { value?: Value }[]; messaging?: Record<string, unknown>[] }[];
  type?: string;
  status?: string;
  sender_action?: string;
  message?: object;
}
interface Value {
  messages?: { type?: string }[];
  statuses?: { status?: string }[];
}

function ofJson(body: Body): string {
  const { entry } = body;
  if (!entry) return body.sender_action ?? body.type ?? body.status ?? (body.message ? 'message' : '');
  const words = entry.flatMap(({ changes = [], messaging = [] }) => [
    ...changes.flatMap(({ value }) => [
      ...(value?.messages ?? []).map(({ type }) => type),
      ...(value?.statuses ?? []).map(({ status }) => status),
    ]),
    ...messaging.map((event) =>
      ['message', 'delivery', 'read', 'reaction', 'message_edit'].find((key) => key in event),
    ),
  ]);
  return words.filter(Boolean).join(', ');
}
