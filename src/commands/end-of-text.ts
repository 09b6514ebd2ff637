/** Stands on stderr behind all that was written of a pipeline: answers come on another way and may be there before it. */
export const END_OF_TEXT = "\u0003";
