import type { SendResult } from '../../../server/contract/channel.ts';
import type { MailAccount, OutgoingLetter, SmtpSettings } from '../../../server/contract/email.ts';
import { authOf } from '../oauth/auth-of.ts';
import type { SmtpSender } from './smtp-sender.ts';

/** Sends each mail by the account of the mailbox it leaves from. */
export function createSenders(accounts: ReadonlyMap<string, MailAccount>, installation: string): SmtpSender {
  const senders = new Map<string, Promise<SmtpSender>>();

  async function open({ auth, ...account }: SmtpSettings): Promise<SmtpSender> {
    const { createSmtpSender } = await import('./smtp-sender.ts');
    return createSmtpSender({ ...account, auth: auth && authOf(auth.user, auth.credentials) }, installation);
  }

  function senderOf(mailbox: string): Promise<SmtpSender> | null {
    const smtp = accounts.get(mailbox)?.smtp;
    if (!smtp) return null;
    const sender = senders.get(mailbox) ?? open(smtp);
    senders.set(mailbox, sender);
    return sender;
  }

  return {
    async send(mail: OutgoingLetter): Promise<SendResult> {
      if (![...mail.to, ...mail.cc, ...mail.bcc].some(({ address }) => address.includes('@'))) {
        return { outcome: 'rejected', permanent: true, providerCode: 'no_address', reason: noAddress[mail.locale] };
      }
      const sender = await senderOf(mail.mailbox);
      if (sender) return sender.send(mail);
      return { outcome: 'rejected', permanent: true, providerCode: 'smtp_missing', reason: noServer[mail.locale] };
    },
    close() {
      for (const sender of senders.values()) void sender.then((opened) => opened.close());
    },
  };
}

const noServer = {
  es: 'Este buzón no tiene servidor de salida. Pide a quien administra el sistema que ponga SMTP_HOST y luego reintenta.',
  en: 'This mailbox has no outgoing server. Ask your administrator to set SMTP_HOST, then retry.',
};
const noAddress = {
  es: 'El correo no dice de quién viene: no hay a dónde responder.',
  en: 'The mail does not say who it is from: there is nowhere to answer.',
};
