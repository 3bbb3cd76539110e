import { copyText } from './copy-text.ts';
import { showPlace } from './still-map.ts';

/** `/widget/folio.js`: what the page `/folio` gains where scripts run. Without it the page is a form and its answer. */

/** The key stands behind `#`, which browsers send to no server; a form carries it in its body instead. */
function keyInAddress(): [folio: string, secret: string] | null {
  const [folio, secret] = decodeURIComponent(location.hash.slice(1)).split('.');
  return folio && secret ? [folio, secret] : null;
}

function openFromAddress(): void {
  const key = keyInAddress();
  const form = document.querySelector<HTMLFormElement>('form[action^="/folio?"]');
  if (!key || !form) return;
  for (const [index, name] of (['folio', 'secret'] as const).entries()) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = key[index] ?? '';
  }
  form.requestSubmit();
}

async function send(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector<HTMLButtonElement>('button[type="submit"]');
  const words = button?.textContent ?? '';
  if (!button || button.ariaDisabled === 'true') return;
  const data = new FormData(form);
  button.ariaDisabled = 'true';
  button.textContent = button.dataset.busy ?? words;
  try {
    const body = new URLSearchParams([...data].map(([name, value]) => [name, String(value)]));
    const answer = await fetch(form.action, { method: 'POST', body });
    show(await answer.text());
    const found = document.querySelector('.number')?.textContent;
    if (found) keepKey(found, data.get('secret'));
  } catch {
    const problem = form.querySelector<HTMLElement>('[data-offline]');
    if (problem) Object.assign(problem, { hidden: false, textContent: problem.dataset.offline });
    button.ariaDisabled = 'false';
    button.textContent = words;
  }
}

function show(html: string): void {
  const answer = new DOMParser().parseFromString(html, 'text/html');
  const main = answer.querySelector('main');
  if (!main) throw new Error('The answer is no page of ours');
  document.title = answer.title;
  document.querySelector('main')?.replaceWith(main);
  enhance();
  main.querySelector<HTMLElement>('h1')?.focus();
}

/** A reload, and a link that is copied, lead here again. */
function keepKey(folio: string, secret: FormDataEntryValue | null): void {
  const signs = String(secret)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');
  history.replaceState(null, '', `#${folio}.${signs}`);
}

/** Without the language, which is the reader's own. */
function link(): string {
  return `${location.origin}${location.pathname}${location.hash}`;
}

function enhance(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-swap]')) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void send(form);
    });
  }
  const told = document.querySelector<HTMLElement>('[data-told]');
  const copy = document.querySelector<HTMLButtonElement>('[data-copy]');
  copy?.addEventListener('click', async () => {
    const isCopied = await copyText(link());
    if (told) told.textContent = (isCopied ? copy.dataset.copied : copy.dataset.notCopied) ?? '';
  });
  const share = document.querySelector<HTMLButtonElement>('[data-share]');
  share?.addEventListener('click', () => {
    // Rejects when the resident changes their mind, which is no fault.
    navigator.share({ title: document.title, url: link() }).catch(() => undefined);
  });
  if (copy) copy.hidden = false;
  if (share) share.hidden = !('share' in navigator);
  for (const map of document.querySelectorAll<HTMLElement>('.map')) showPlace(map);
}

enhance();
openFromAddress();
window.addEventListener('hashchange', () => {
  if (keyInAddress()) location.reload();
});
