/** A path as it stands in a command that can be copied: in quotes where a shell would take it apart. */
export const shellWord = (path: string): string =>
  /^[\p{L}\p{N}_./~:\\-]+$/u.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
