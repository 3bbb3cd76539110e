import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Follows files that are dragged over an element. Its three handlers go on that element. */
export class FileDrop implements ReactiveController {
  isOver = false;
  readonly #host: ReactiveControllerHost;
  readonly #take: (files: FileList) => void;

  constructor(host: ReactiveControllerHost, take: (files: FileList) => void) {
    this.#host = host;
    this.#take = take;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.isOver = false;
  }

  readonly over = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.#set(true);
  };

  readonly leave = (event: DragEvent): void => {
    if (event.target === event.currentTarget || event.relatedTarget === null) this.#set(false);
  };

  readonly drop = (event: DragEvent): void => {
    this.#set(false);
    const files = event.dataTransfer?.files;
    if (!files || files.length === 0) return;
    event.preventDefault();
    this.#take(files);
  };

  #set(isOver: boolean): void {
    if (isOver === this.isOver) return;
    this.isOver = isOver;
    this.#host.requestUpdate();
  }
}
