import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Gives the focus back to where it was before the host came. */
export class FocusBack implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #cameFrom: Element | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    const root = this.#host.getRootNode();
    this.#cameFrom = root instanceof ShadowRoot ? root.activeElement : null;
  }

  hostDisconnected(): void {
    if (this.#cameFrom instanceof HTMLElement && this.#cameFrom.isConnected) this.#cameFrom.focus();
  }
}
