export interface Debounced {
  /** Runs the function once nobody has asked for a while. */
  (): void;
  /** Runs it now, if it was asked for. */
  flush(): void;
  cancel(): void;
}

export function debounce(run: () => void, milliseconds: number): Debounced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const fire = (): void => {
    cancel();
    run();
  };
  const ask = (): void => {
    cancel();
    timer = setTimeout(fire, milliseconds);
  };
  return Object.assign(ask, { cancel, flush: () => (timer === undefined ? undefined : fire()) });
}
