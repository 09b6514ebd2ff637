import { uniform } from "./random.ts";
import {
  jobChance,
  KINDS,
  type Kind,
  lossChance,
  MONTHS,
  PLACED_FROM,
  startChance,
  WINDOW,
  type World,
} from "./worlds.ts";

/** One person-month at risk in one arm, with what happened and what would have happened without starting now. */
export interface Row {
  readonly person: number;
  readonly kind: number;
  readonly area: number;
  readonly month: number;
  readonly arm: 0 | 1;
  readonly y: 0 | 1;
  readonly without: 0 | 1;
  /** A control who starts a duo within the window. */
  readonly crossed: boolean;
}

const SPAN = MONTHS + WINDOW;

/**
 * One sample of a world. Persons find work, lose it and register again month by month; those at risk may start a duo,
 * once. A month at risk in which somebody who never started does not start either is a control row.
 */
export function drawSample(world: World, replicate: number): Row[] {
  const draw = uniform(world.name, replicate);
  const tables = KINDS.map((kind) => tableOf(world, kind));
  const rows: Row[] = [];
  for (let person = 0; person < world.persons; person++) {
    const kind = drawKind(draw());
    const luck: Luck = { kind, first: draw(), invited: invitation(world, draw()), start: many(draw), move: many(draw) };
    const area = Math.floor(draw() * world.areas);
    const table = tables[kind];
    const own = table === undefined ? [] : rowsOf(table, luck, person, area);
    const lot = draw();
    const chosen = world.reuse === "own-month" ? lotOf(own, lot) : Math.floor(lot * MONTHS);
    for (const row of own) if (row.arm === 1 || world.reuse === "every-month" || row.month === chosen) rows.push(row);
  }
  return rows;
}

/** A month among the person's own months at risk: the wrong lot, which leaves early leavers in more often. */
function lotOf(own: readonly Row[], lot: number): number {
  const controls = own.filter((row) => row.arm === 0);
  return controls[Math.floor(lot * controls.length)]?.month ?? -1;
}

/** All that chance decides about one person, drawn once: with and without a duo it is the same. */
interface Luck {
  readonly kind: number;
  readonly first: number;
  /** Month of the invitation, SPAN for none; null in worlds without invitations. */
  readonly invited: number | null;
  readonly start: Float64Array;
  readonly move: Float64Array;
}

interface Life {
  /** Month of the start; SPAN if never. */
  start: number;
  /** In work at the beginning of the month. */
  readonly work: Uint8Array;
}

const many = (draw: () => number): Float64Array => Float64Array.from({ length: SPAN }, draw);

function drawKind(u: number): number {
  let left = u;
  for (const [k, kind] of KINDS.entries()) {
    left -= kind.share;
    if (left < 0) return k;
  }
  return KINDS.length - 1;
}

/** The chances of one kind, month by month. */
interface Table {
  readonly loss: number;
  readonly start: Float64Array;
  /** Of a job, before and after the start of a duo. */
  readonly job: readonly [Float64Array, Float64Array];
}

function tableOf(world: World, kind: Kind): Table {
  const months = (chance: (month: number) => number) =>
    Float64Array.from({ length: SPAN }, (_, month) => chance(month));
  const job = (started: number) => months((month) => jobChance(world, kind, month, started));
  return { loss: lossChance(kind), start: months((m) => startChance(world, kind, m)), job: [job(0), job(1)] };
}

/** A share of `invited` gets a month among the index months. */
function invitation({ invited }: World, u: number): number | null {
  if (invited === undefined) return null;
  return u < invited ? Math.floor((u / invited) * MONTHS) : SPAN;
}

/** A life month by month; `notIn` forbids the start in that month only. */
function live({ loss, start, job }: Table, luck: Luck, notIn: number): Life {
  const life: Life = { start: SPAN, work: new Uint8Array(SPAN + 1) };
  life.work[0] = luck.first < loss / (loss + (job[0][0] ?? 0)) ? 0 : 1;
  for (let month = 0; month < SPAN; month++) {
    const seeking = life.work[month] === 0;
    const willing = luck.invited === null ? (luck.start[month] ?? 1) < (start[month] ?? 0) : luck.invited === month;
    if (seeking && willing && life.start === SPAN && month !== notIn) life.start = month;
    const works = seeking ? (job[life.start <= month ? 1 : 0][month] ?? 0) : 1 - loss;
    // one number decides both ways, so that a better chance never makes a life worse
    life.work[month + 1] = (luck.move[month] ?? 1) < works ? 1 : 0;
  }
  return life;
}

function placedFrom(life: Life, month: number): 0 | 1 {
  let worked = 0;
  for (let t = month + 1; t <= month + WINDOW; t++) worked += life.work[t] ?? 0;
  return worked >= PLACED_FROM ? 1 : 0;
}

function rowsOf(table: Table, luck: Luck, person: number, area: number): Row[] {
  const life = live(table, luck, -1);
  const last = Math.min(MONTHS - 1, life.start);
  const rows: Row[] = [];
  for (let month = 0; month <= last; month++) {
    if (life.work[month] === 1 || seenElsewhere(luck, month)) continue;
    const arm = month === life.start ? 1 : 0;
    const y = placedFrom(life, month);
    const without = arm === 1 ? placedFrom(live(table, luck, month), month) : y;
    const crossed = arm === 0 && life.start < month + WINDOW;
    rows.push({ person, kind: luck.kind, area, month, arm, y, without, crossed });
  }
  return rows;
}

/** Those who are invited are seen in the month of their invitation only. */
const seenElsewhere = ({ invited }: Luck, month: number): boolean =>
  invited !== null && invited < SPAN && invited !== month;
