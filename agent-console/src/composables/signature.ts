/** What `{{…}}` in a queue's signature stands for. */
export const signatureVariables = ['operator.name', 'queue.name', 'city.name'] as const;
type SignatureValues = Record<(typeof signatureVariables)[number], string>;

/** A signature as it leaves; a variable that is none is left out, as the server does. */
export function fillSignature(signature: string, values: SignatureValues): string {
  return signature
    .replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, name: string) => values[name as keyof SignatureValues] ?? '')
    .trim();
}
