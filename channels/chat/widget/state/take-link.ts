const LINK = /^#seguir=([\w-]{20,60})$/;

/**
 * What stands in the link by which somebody goes on here from a telephone call, if they came by one. The address is
 * cleared of it: a copied one is another visit.
 */
export function takeLink(): string | null {
  const code = LINK.exec(location.hash)?.[1] ?? null;
  if (code) history.replaceState(history.state, '', location.pathname + location.search);
  return code;
}
