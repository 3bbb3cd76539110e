/** Twilio tells no names of files: what to call them by their type, for people. */
const NAMES: [RegExp, string][] = [
  [/^image\/jpe?g/, 'foto.jpg'],
  [/^image\/webp/, 'imagen.webp'],
  [/^image\/([a-z0-9]+)/, 'imagen.$1'],
  [/^video\/3gpp/, 'video.3gp'],
  [/^video\/([a-z0-9]+)/, 'video.$1'],
  [/^audio\/mpeg/, 'audio.mp3'],
  [/^audio\/([a-z0-9]+)/, 'audio.$1'],
  [/^text\/(?:x-)?vcard/, 'contacto.vcf'],
  [/^application\/pdf/, 'documento.pdf'],
  [/^application\/vnd\.openxmlformats-officedocument\.wordprocessingml/, 'documento.docx'],
  [/^application\/vnd\.openxmlformats-officedocument\.spreadsheetml/, 'documento.xlsx'],
  [/^text\/plain/, 'documento.txt'],
];

export function mediaName(mimeType: string): string {
  const [form, name] = NAMES.find(([form]) => form.test(mimeType.toLowerCase())) ?? [];
  if (!form || !name) return 'archivo';
  return name.replace('$1', form.exec(mimeType.toLowerCase())?.[1] ?? '');
}
