/** As in the styles: on a screen this small the panel is all of it. */
const narrow = matchMedia('(max-width: 520px), (max-height: 480px)');

export function isFullScreen(): boolean {
  return narrow.matches;
}

/** A phone's page stands still behind the open panel. */
export function lockPage(isOpen: boolean): void {
  document.documentElement.style.overflow = isOpen && isFullScreen() ? 'hidden' : '';
}

/** Tells the styles which part of the screen the keyboard leaves free, until the signal ends it. */
export function fitVisibleScreen(host: HTMLElement, signal: AbortSignal): void {
  const screen = window.visualViewport;
  const measure = () => {
    host.style.setProperty('--screen-height', `${screen?.height ?? window.innerHeight}px`);
    host.style.setProperty('--screen-top', `${screen?.offsetTop ?? 0}px`);
  };
  for (const event of ['resize', 'scroll']) screen?.addEventListener(event, measure, { signal });
  measure();
}

/** Tab must not lead to what lies beneath a panel that fills the screen. */
export function keepFocusInside(root: ShadowRoot, event: KeyboardEvent): void {
  const focusable = [
    ...root.querySelectorAll<HTMLElement>('.panel :is(button, a[href], input, textarea, [tabindex="0"])'),
  ].filter((element) => !element.closest('[inert]') && element.offsetParent !== null);
  const active = root.activeElement;
  const isFirst = active === focusable[0] || active?.matches('.panel') || active === null;
  const leaves = event.shiftKey ? isFirst : active === focusable.at(-1);
  if (!leaves) return;
  event.preventDefault();
  focusable.at(event.shiftKey ? -1 : 0)?.focus();
}
