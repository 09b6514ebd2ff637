/*
 * The one script of a page, allowed by its hash: tables can be sorted, a figure's table takes the place of its chart, and
 * marks show what they stand for. It adds nothing that the page doesn't hold: order comes from ranks written beside the
 * cells, texts from titles in the drawings. Without it all is there, in the given order.
 */
export const pageScript = `
"use strict";
(() => {
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// tables: ascending, descending, as given
const STATES = { none: "ascending", ascending: "descending", descending: "none" };
const rankOf = (row, column) => Number(row.cells[column]?.dataset.rank ?? Infinity);
for (const table of all("table.sorts")) {
  const bodies = [...table.tBodies].map((body) => [body, [...body.rows]]);
  const headers = all("thead th", table);
  const sort = (header, column) => {
    const state = STATES[header.getAttribute("aria-sort") ?? "none"];
    for (const other of headers) other.removeAttribute("aria-sort");
    if (state !== "none") header.setAttribute("aria-sort", state);
    const turn = state === "descending" ? -1 : 1;
    for (const [body, given] of bodies) {
      const fixed = (row) => row.matches(".group,.sum");
      const order = given.map((row, i) => [row, state === "none" ? i : rankOf(row, column) * turn]);
      const last = (key) => (Number.isFinite(key) ? key : Number.MAX_VALUE);
      const moving = order.filter(([row]) => !fixed(row)).sort(([, a], [, b]) => last(a) - last(b)).map(([row]) => row);
      body.append(...given.filter((row) => row.matches(".group")), ...moving, ...given.filter((row) => row.matches(".sum")));
    }
  };
  headers.forEach((header, column) => {
    if (!all("tbody [data-rank]", table).some((cell) => cell.cellIndex === column)) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    button.addEventListener("click", () => sort(header, column));
    header.append(button);
  });
}

// charts: the table in the chart's place
for (const details of all("figure > .switch")) {
  const summary = details.querySelector("summary");
  const label = summary.firstElementChild;
  const words = [label.textContent, summary.dataset.other];
  const figure = details.parentElement;
  if (figure.querySelector(".chart") === null) continue;
  details.addEventListener("toggle", () => {
    figure.classList.toggle("tabled", details.open);
    label.textContent = words[details.open ? 1 : 0];
    if (document.activeElement === summary) summary.scrollIntoView({ block: "nearest" });
  });
}

// marks: what they stand for, beside the pointer
const texts = new Map(all(".hints rect").map((box) => {
  const title = box.querySelector("title");
  title.remove();
  return [box, title.textContent];
}));
if (texts.size > 0) {
  const hint = document.createElement("div");
  hint.className = "hint";
  hint.hidden = true;
  hint.setAttribute("aria-hidden", "true");
  document.body.append(hint);
  const show = (box) => {
    hint.textContent = texts.get(box);
    hint.hidden = false;
    const place = box.getBoundingClientRect();
    const own = hint.getBoundingClientRect();
    const room = document.documentElement.clientWidth - own.width - 8;
    const above = place.top - own.height - 4;
    hint.style.left = scrollX + Math.max(8, Math.min(place.left + place.width / 2 - own.width / 2, room)) + "px";
    hint.style.top = scrollY + (above > 8 ? above : place.bottom + 4) + "px";
  };
  const hide = () => { hint.hidden = true; };
  document.addEventListener("pointerover", ({ target }) => {
    if (texts.has(target)) show(target);
    else if (target !== hint) hide();
  });
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") hide(); });
  addEventListener("beforeprint", hide);
}
})();
`;
