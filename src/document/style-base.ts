import { type ColourName, dark, font, grid, light, type Palette, type TypeStep, type } from "../theme.ts";

/** Tokens, type and grid: what every page of an edition shares. */
export const baseStyle = `
:root{color-scheme:light dark;${tokens(light)}--measure:${grid.column}px;--side:${grid.side}px;--gutter:${grid.gutter}px}
@media (prefers-color-scheme:dark){:root{${tokens(dark)}}}

*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:16px}
body{margin:0;background:var(--paper);color:var(--ink);font:400 ${sizes(type.text)} ${font.family},system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:break-word}
h1,h2,h3,p,ul,ol,dl,dd,figure,table,blockquote{margin:0;padding:0}
h1,h2,.t{font-weight:600}
h1{${sized(type.headline)};letter-spacing:-.019em;text-wrap:balance}
h2{${sized(type.section)};letter-spacing:-.012em;text-wrap:balance}
h3,.t{${sized(type.figureTitle)};font-weight:600;letter-spacing:-.008em;text-wrap:balance}
b,th{font-weight:600}
a{color:var(--a);text-decoration-thickness:1px;text-underline-offset:3px}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--b);outline-offset:3px}
.lead{${sized(type.lead)};margin-top:16px}
.sub,.eyebrow{font-size:14px;line-height:22px;color:var(--ink2)}
.eyebrow{margin-bottom:12px}
.src,.note,.small,.key{${sized(type.note)};color:var(--ink2)}
.src{margin-top:12px;color:var(--ink3)}
.num,.four dd,.flow .n{font-variant-numeric:tabular-nums}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-999px}
.skip:focus{left:24px;top:8px;background:var(--paper);padding:8px;z-index:2}

.doc{max-width:calc(var(--measure) + var(--gutter) + var(--side) + 48px);margin:0 auto;padding:0 24px 88px}
.row{display:grid;grid-template-columns:minmax(0,var(--measure)) minmax(0,var(--side));column-gap:var(--gutter);margin-top:56px}
.row>*{min-width:0}
.row.close{margin-top:32px}
.head{margin-top:48px}
.part>*+*{margin-top:16px}
.part>*+h2,.part>*+h3,.part>*+.t{margin-top:32px}
.part>h2+.under,.part>h3+.under,.part>h2+.sub,.part>.t+.sub,.part>h3+.sub{margin-top:4px}
.note{align-self:start;padding-top:4px}
.note p+p{margin-top:8px}
.note b{color:var(--ink)}

.bar{display:flex;justify-content:space-between;gap:24px;${sized(type.note)};padding:20px 0 10px;color:var(--ink2)}
.bar b{color:var(--ink)}
.meta{display:flex;flex-wrap:wrap;gap:2px 24px;border-top:1px solid var(--ink);border-bottom:1px solid var(--rule);padding:8px 0;${sized(type.note)}}
.meta div{display:flex;gap:6px}
.meta dt{color:var(--ink3)}
.notice{display:flex;gap:12px;align-items:center;${sized(type.note)};padding:8px 0;border-bottom:1px solid var(--rule)}
.notice svg{flex:none}
.foot{margin-top:56px;border-top:1px solid var(--rule);padding-top:8px;${sized(type.note)};color:var(--ink3);display:flex;flex-wrap:wrap;gap:2px 20px}
.z{stroke:var(--axis);stroke-width:1;fill:none}
.hl{stroke:var(--axis);stroke-width:1.2}
.markA{fill:var(--a)}
.markB{fill:var(--paper);stroke:var(--b);stroke-width:2.25}
`;

/** Below the page's full width notes fall under their block; below 640 px columns become one. */
export const baseNarrow = `
@media (max-width:1055px){
.row{grid-template-columns:minmax(0,var(--measure));justify-content:center}
.row>.note{margin-top:14px;padding:0 0 0 14px;border-left:2px solid var(--rule);max-width:480px}
.bar,.meta,.notice,.foot{max-width:var(--measure);margin-left:auto;margin-right:auto}
}
@media (min-width:768px) and (max-width:807px){.doc{padding-left:4px;padding-right:4px}}
@media (max-width:640px){
.doc{padding:0 16px 64px}
h1{font-size:25px;line-height:32px}
h2{font-size:20px;line-height:28px}
h3,.t{font-size:17px;line-height:24px}
.lead{font-size:17px;line-height:26px}
.row{margin-top:44px}
.head{margin-top:32px}
.bar{flex-direction:column;gap:0;padding-top:14px}
.notice{align-items:flex-start}
.notice svg{margin-top:3px}
}
`;

function tokens(palette: Palette): string {
  return (Object.keys(palette) as ColourName[]).map((name) => `--${name}:${palette[name]};`).join("");
}

/** The light colours, for paper. */
export const printTokens = `:root{color-scheme:light;${tokens(light)}}`;

/** A step of the type scale as CSS. */
export function sized(step: TypeStep): string {
  return `font-size:${step.size}px;line-height:${step.line}px`;
}

function sizes(step: TypeStep): string {
  return `${step.size}px/${step.line}px`;
}
