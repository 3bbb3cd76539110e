import { createTransport } from 'nodemailer';
import type { SendResult } from '../../../server/contract/channel.ts';
import type { OutgoingLetter } from '../../../server/contract/email.ts';
import { TokenError } from '../oauth/access-token.ts';
import type { MailAuth } from '../oauth/auth-of.ts';
import { composeMail } from './compose-mail.ts';
import { plainReason } from './plain-reason.ts';

export interface SmtpAccount {
  host: string;
  port: number;
  /** TLS from the start; else STARTTLS where the server offers it. */
  secure: boolean;
  verifyTls: boolean;
  auth: MailAuth | null;
}

export interface SmtpSender {
  /** Throws for faults of the network, which are worth a retry; what the server says is a value. */
  send(mail: OutgoingLetter): Promise<SendResult>;
  close(): void;
}

/** A server that says "later" (RFC 5321, 4yz) is asked again after so many seconds. */
const LATER_SECONDS = 120;

const transportOf = (account: SmtpAccount) =>
  createTransport({
    host: account.host,
    port: account.port,
    secure: account.secure,
    tls: { rejectUnauthorized: account.verifyTls },
    ...(account.auth ? { auth: smtpAuth(account.auth) } : {}),
    pool: true,
    maxConnections: 3,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 60_000,
  });

/** Signs in, sends nothing. @throws what kept it from that */
export async function tryToSignIn(account: SmtpAccount): Promise<void> {
  const transport = transportOf(account);
  await transport.verify().finally(() => transport.close());
}

export function createSmtpSender(account: SmtpAccount, installation: string): SmtpSender {
  const transport = transportOf(account);
  return {
    async send(mail) {
      try {
        const { messageId, rejectedErrors = [] } = await transport.sendMail(composeMail(mail, installation));
        const providerMessageId = messageId.replace(/^<|>$/g, '');
        const missed = missedOf(rejectedErrors, mail);
        return { outcome: 'accepted', providerMessageId, ...(missed ? { missed } : {}) };
      } catch (error) {
        if (error instanceof TokenError && error.refusal) return refused(error.refusal, '535', mail);
        const { responseCode, response } = error as { responseCode?: number; response?: string };
        if (!responseCode) throw error;
        if (responseCode < 500) return { outcome: 'throttled', retryAfterSeconds: LATER_SECONDS };
        const code = codeOf(response, responseCode);
        return refused(code, code, mail);
      }
    },
    close: () => transport.close(),
  };
}

interface Refusal {
  recipient?: string;
  response?: string;
  responseCode?: number;
}

/** Enhanced (RFC 3463) where the server says it, else the three digits. */
const codeOf = (response: string | undefined, responseCode: number | undefined): string =>
  /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(response ?? '')?.[0] ?? String(responseCode ?? '');

/** Those among several recipients that the server would not take, each with the reason. */
function missedOf(refusals: Refusal[], { locale }: OutgoingLetter): { reason: string; providerCode: string } | null {
  const [first] = refusals;
  if (!first) return null;
  const reason = refusals
    .map(({ recipient, response, responseCode }) => {
      const words = plainReason(codeOf(response, responseCode))[locale];
      return recipient ? `${recipient}: ${words}` : words;
    })
    .join(' ');
  return { reason, providerCode: codeOf(first.response, first.responseCode) };
}

/** @param like the code of SMTP that says the same */
function refused(providerCode: string, like: string, { locale }: OutgoingLetter): SendResult {
  return { outcome: 'rejected', permanent: true, providerCode, reason: plainReason(like)[locale] };
}

function smtpAuth(auth: MailAuth) {
  if (!('tokens' in auth)) return auth;
  const { user, tokens } = auth;
  return {
    type: 'OAuth2' as const,
    user,
    provisionCallback: (
      _user: string,
      renew: boolean,
      done: (error: Error | null, token?: string, expires?: number) => void,
    ) => {
      if (renew) tokens.drop();
      // Known to be over at once, so that each connection asks here, where it is known.
      tokens.get().then((token) => done(null, token, 1), done);
    },
  };
}
