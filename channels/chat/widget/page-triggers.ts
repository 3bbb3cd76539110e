import type { ChoiceOption } from '../../../server/contract/message.ts';

const OPENER = '[data-linea-chat-open]';

/**
 * Lets the page around the chat open it: `<a data-linea-chat-open href="#chat">`, and say something at once:
 * `data-linea-chat-say="topic-id|Title"`, or call: `data-linea-chat-call`. The link's target tells of a click made before this script was loaded.
 */
export function listenToPage(
  open: (opener: HTMLElement | null, say: ChoiceOption | null, calls: boolean) => void,
): void {
  const openBy = (opener: HTMLElement) => open(opener, saidBy(opener), 'lineaChatCall' in opener.dataset);

  document.addEventListener('click', (event) => {
    const opener = event.target instanceof Element ? event.target.closest<HTMLElement>(OPENER) : null;
    if (!opener || event.defaultPrevented) return;
    event.preventDefault();
    openBy(opener);
  });

  if (location.hash.length < 2) return;
  const clicked = document.querySelector<HTMLElement>(`${OPENER}[href="${CSS.escape(location.hash)}"]`);
  if (!clicked) return;
  // Otherwise a reload would say it again.
  history.replaceState(history.state, '', location.pathname + location.search);
  openBy(clicked);
}

function saidBy({ dataset }: HTMLElement): ChoiceOption | null {
  const [id, title] = dataset.lineaChatSay?.split('|') ?? [];
  return id && title ? { id, title } : null;
}
