/**
 * The source line of a page: behind the source what its cells hold that a workbook has columns and markers for. Empty
 * where there is neither.
 */
export const pageSource = ({ source = "", cellNotes = "" }: { source?: string; cellNotes?: string }): string =>
  [source, cellNotes].filter((text) => text !== "").join(" ");
