/** Computed when it is asked for, once; a promise is started once. */
export function once<T>(fn: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: fn() };
    return made.value;
  };
}
