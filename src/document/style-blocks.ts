import { grid, type } from "../theme.ts";
import { sized } from "./style-base.ts";

/** Tables, figures and the other blocks of a report. */
export const blockStyle = `
.cap{margin-bottom:16px}
.cap .sub{margin-top:0}
table{width:100%;border-collapse:collapse;${sized(type.table)}}
th,td{text-align:left;vertical-align:middle;padding:9px 16px 9px 0;border-bottom:1px solid var(--grid)}
th:last-child,td:last-child{padding-right:0}
thead th{font-weight:400;font-size:13px;color:var(--ink3);vertical-align:bottom;border-bottom:1px solid var(--axis);padding-top:0}
tbody th{font-weight:400}
tbody:last-child tr:last-child>*{border-bottom-color:var(--rule)}
th small,td small{display:block;font-size:13px;line-height:18px;color:var(--ink3);font-weight:400}
.num{text-align:right;white-space:nowrap}
.num.said{white-space:normal}
thead .num{white-space:normal}
.sum>*{font-weight:600;border-top:1px solid var(--axis)}
.words{color:var(--ink2)}
.group th{font-size:13px;color:var(--ink3);padding-top:18px;padding-bottom:5px;border-bottom-color:var(--rule)}
details{margin-top:8px;font-size:13px;line-height:20px}
summary{cursor:pointer;color:var(--a);padding:4px 0;width:max-content;max-width:100%}
details table{font-size:13px;margin-top:8px}

.switch>summary>span:first-child{text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:3px}
thead button{font:inherit;color:inherit;text-align:inherit;background:none;border:0;padding:2px 0;min-height:24px;min-width:24px;cursor:pointer}
thead button:hover,[aria-sort] button{color:var(--ink);text-decoration:underline;text-underline-offset:3px}
thead button:focus-visible{outline:3px solid var(--b);outline-offset:1px}
[aria-sort] button::after{content:"";display:inline-block;margin-left:5px;border:4px solid transparent;border-bottom:6px solid currentColor;border-top:0;vertical-align:1px}
[aria-sort=descending] button::after{transform:rotate(180deg)}
.hints{fill:none;pointer-events:all}
.hint{position:absolute;z-index:3;max-width:280px;padding:8px 12px;background:var(--ink);color:var(--paper);${sized(type.note)};white-space:pre-line;font-variant-numeric:tabular-nums}
@media screen{.tabled>.chart{display:none}}
@media print{.hint{display:none}}

.chart svg{display:block;width:100%;height:auto;overflow:visible}
.chart text:not([text-anchor=start]){font-variant-numeric:tabular-nums}
.chart .narrow{display:none;max-width:328px}

.four{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:20px 24px;border-top:1px solid var(--rule)}
.part>.four{margin-top:32px}
.four.of3{grid-template-columns:repeat(3,minmax(0,1fr))}
.four.of2{grid-template-columns:repeat(2,minmax(0,1fr))}
.four div{padding-top:12px;display:grid;grid-row:span 2;grid-template-rows:subgrid;row-gap:0}
.four dt{align-self:end}
.four dt{${sized(type.note)};color:var(--ink2)}
.four dt svg{margin:-2px 6px -2px 0;vertical-align:-1px}
.four dd{${sized(type.keyFigure)};font-weight:600;letter-spacing:-.02em}
.four small{display:block;${sized(type.note)};font-weight:400;letter-spacing:0;color:var(--ink2)}
.four .spark{display:block;position:relative;margin:6px 0 0 -3px;line-height:0}
.four .words{display:block;font-size:16px;line-height:24px;letter-spacing:0;padding:6px 0}

.two{display:grid;grid-template-columns:1fr 1fr;column-gap:40px}
.two h3,.two .t{border-top:2px solid var(--a);padding-top:10px;margin-bottom:6px}
.two>div+div h3,.two>div+div .t{border-top:2px dashed var(--axis)}
.two ul{list-style:none}
.two li{${sized(type.list)};padding:9px 0;border-bottom:1px solid var(--grid)}
.two li:last-child{border-bottom:0}

.facts th{width:216px;color:var(--ink2)}
.part>h2+.facts{margin-top:12px}
.facts th,.facts td{vertical-align:top}

.cols{display:grid;grid-template-columns:1fr 1fr;column-gap:40px}
.arm{${sized(type.note)};color:var(--ink2);margin-bottom:12px}
.flow{list-style:none}
.flow>li{position:relative;padding:0 0 14px 24px;border-left:3px solid var(--a);margin-left:6px}
.flow>li::before{content:"";box-sizing:border-box;position:absolute;left:-8.5px;top:6px;width:14px;height:14px;border-radius:50%;background:var(--paper);border:3px solid var(--a)}
.flow>li:last-child{border-left-color:transparent;padding-bottom:0}
.flow>li:last-child::before{background:var(--a)}
.flow .n{font-weight:600;font-size:18px;line-height:26px;margin-right:8px}
.flow .k{font-size:14px}
.flow ul{list-style:none;margin-top:6px}
.flow ul li{${sized(type.note)};color:var(--ink2);position:relative;padding-left:32px}
.flow ul li::before{content:"";position:absolute;left:-24px;top:10px;width:48px;border-top:1px dashed var(--axis)}
.flow ul b{color:var(--ink);margin-right:6px;font-variant-numeric:tabular-nums}

.part>*+.quote{margin-top:32px}
.quote{border-left:2px solid var(--rule);padding-left:20px}
.quote p{${sized(type.lead)}}
.quote figcaption{${sized(type.note)};color:var(--ink2);margin-top:8px}
`;

/** A chart has a drawing of its own below the column's width; tables fold to one line a cell below 640 px. */
export const blockNarrow = `
@media screen and (max-width:767px){
.chart .wide{display:none}
.chart .narrow{display:block}
}
@media (max-width:640px){
.four,.four.of3,.four.of2{grid-template-columns:1fr 1fr}
.four dd{font-size:24px;line-height:32px}
.two,.cols{grid-template-columns:minmax(0,1fr)}
.two>div+div,.cols>*+*{margin-top:28px}
.fold,.fold tbody,.fold tr,.fold th,.fold td{display:block}
.fold{border-top:1px solid var(--axis)}
.fold thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.fold thead:focus-within{position:static;width:auto;height:auto;clip-path:none}
.fold thead th{display:inline-block;padding:0 16px 8px 0}
.fold tr{border-bottom:1px solid var(--grid);padding:10px 0}
.fold tr.sum{border-top:1px solid var(--axis)}
.fold th,.fold td{border:0;padding:0}
.fold td{display:flex;justify-content:space-between;gap:16px;text-align:right}
.fold td::before{content:attr(data-l);color:var(--ink3);text-align:left;font-weight:400;flex:0 1 auto}
.fold td>span{flex:0 1 auto;min-width:0}
.fold td.words,.fold td.txt{text-align:left}
.fold td.txt{display:block}
.fold td.txt::before{content:attr(data-l) "\\a0 "}
.facts td{text-align:left}
.fold td:not([data-l])::before,.fold td:empty{display:none}
.fold tbody th{padding-bottom:2px}
.fold tr:not(.group) th{font-weight:600}
.fold tr.group{padding:18px 0 5px;border-bottom-color:var(--rule)}
.fold tr.group th{padding:0}
.fold .num{white-space:normal}
}
@media (max-width:${grid.narrowChart + 52}px){.four{column-gap:16px}.four dd{font-size:22px;line-height:30px}}
`;
