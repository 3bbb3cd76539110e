/** The smallest thing that can be watched: a value, patched as a whole. */
export interface Store<State extends object> {
  get(): State;
  set(patch: Partial<State>): void;
  /** Calls back after every change; the answer ends it. */
  subscribe(listener: () => void): () => void;
}

export function createStore<State extends object>(initial: State): Store<State> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(patch) {
      state = { ...state, ...patch };
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
