import type { Postman } from './postman.ts';
import type { Mishap } from './trouble.ts';

/** What the next message of the city is to suffer; asked once, it is over. */
export function takeMishap(postman: Postman): Mishap | null {
  const { failNext } = postman.trouble;
  postman.trouble = { ...postman.trouble, failNext: null };
  return failNext;
}
