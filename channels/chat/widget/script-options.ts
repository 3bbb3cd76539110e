/** What a site may ask of the chat by `data-…` on its script tag, and what the tag itself tells. */
export interface ScriptOptions {
  /** Of the server that the script came from: it works on any site. */
  origin: string;
  locale: string | null;
  position: string | null;
  color: string | null;
  open: boolean;
}

/** Must be called while the script runs for the first time: later the browser no longer knows its tag. */
export function readScriptOptions(script = document.currentScript): ScriptOptions {
  const { src, dataset } = (
    script instanceof HTMLScriptElement ? script : document.createElement('script')
  ) satisfies HTMLScriptElement;
  return {
    origin: new URL(src || location.href, location.href).origin,
    locale: dataset.locale ?? null,
    position: dataset.position ?? null,
    color: dataset.color ?? null,
    open: dataset.open !== undefined && dataset.open !== 'false',
  };
}
