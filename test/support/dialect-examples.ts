/** What the functions beyond ANSI give, in every engine. */
export const DIALECT_EXAMPLES: ReadonlyArray<readonly [expression: string, expected: string | number]> = [
  ["add_months(date '2014-08-31', 6)", "2015-02-28"],
  ["add_months(date '2015-08-31', 6)", "2016-02-29"],
  ["add_months(date '2016-02-29', 12)", "2017-02-28"],
  ["add_months(date '2016-02-29', -24)", "2014-02-28"],
  ["month_number(date '2014-03-31')", 24170],
  ["hash32('')", 0xd41d8cd9],
  ["hash32('é')", 0x66ddcd97],
  ["div(4294967295 * 7, 4294967296)", 6],
];
