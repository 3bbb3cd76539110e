/** A contact as telephones share it (vCard 3.0). */
export function vcard({ name, phones, emails }: { name: string; phones: string[]; emails: string[] }): string {
  const escaped = (text: string) => text.replace(/[\\;,]/g, '\\$&').replace(/\n/g, '\\n');
  return [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:;${escaped(name)};;;`,
    `FN:${escaped(name)}`,
    ...phones.map((phone) => `TEL;TYPE=CELL:${phone}`),
    ...emails.map((email) => `EMAIL:${email}`),
    'END:VCARD',
    '',
  ].join('\r\n');
}
