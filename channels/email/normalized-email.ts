import type { DecodedEmail } from './decoded-email.ts';

/** The event as it is shown outside: files by name, type and size, without their bytes. */
export function normalizedEmail(email: DecodedEmail) {
  const { attachments, ...event } = email;
  return {
    ...event,
    attachments: attachments.map(({ content: _, ...file }) => file),
  };
}
