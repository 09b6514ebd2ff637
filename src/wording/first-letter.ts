/** A name as it stands inside a sentence. */
export const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** Words as they begin a sentence or a cell. */
export const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
