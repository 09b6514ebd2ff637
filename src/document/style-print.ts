import { font, light, type TypeStep, type } from "../theme.ts";
import { printTokens } from "./style-base.ts";

/** What stands in the margins of every printed page. */
export interface PageMargins {
  readonly topLeft: string;
  readonly topRight: string;
  readonly bottomLeft: string;
}

/** A4 in light colours: nothing splits, table heads repeat, notes stay under their block, facts on every page. */
export function printStyle(margins: PageMargins): string {
  const { topLeft, topRight, bottomLeft } = margins;
  return `
@page{size:A4;margin:17mm 18mm 16mm 18mm;
@top-left{content:${quoted(topLeft)};${marginFont}}
@top-right{content:${quoted(topRight)};${marginFont}}
@bottom-left{content:${quoted(bottomLeft)};width:86%;${marginFont}}
@bottom-right{content:counter(page) " / " counter(pages);${marginFont}}}
@media print{
${printTokens}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
body{${points(type.text)}}
h1{${points(type.headline)}}
h2{${points(type.section)}}
h3,.t{${points(type.figureTitle)}}
.lead,.quote p{${points(type.lead)}}
.sub,table{${points(type.table)}}
.small,.note,.src,.bar,.meta,.notice,.arm,.four dt,.four small,.flow ul li,.quote figcaption,th small,td small,thead th,.group th{${points(type.note)}}
.two li{${points(type.list)};padding:5pt 0}
.flow .n{font-size:11.5pt;line-height:15pt}.flow .k{font-size:9pt}
.four dd{${points(type.keyFigure)}}
.doc{max-width:none;padding:0}
.bar{padding-top:0}
.row{display:block;margin-top:18pt}.head{margin-top:16pt}.row.close{margin-top:14pt}
.row>.note{margin-top:6pt;padding:0 0 0 8pt;border-left:1.5pt solid var(--rule);max-width:none;break-before:avoid}
.part>.four{margin-top:14pt}
figure,.chart,.two>div,.four,tr,.arms,.keep,svg,blockquote{break-inside:avoid}
h1,h2,h3,.t,.cap,.cap+*,h2+.sub{break-after:avoid}
.cap+.chart,.cap+table{break-after:auto}
.row:has(+.close){break-after:avoid}
p,li{orphans:3;widows:3}
thead{display:table-header-group}
th,td{padding-top:5pt;padding-bottom:5pt}
details,.skip,.foot{display:none}
a{color:inherit;text-decoration:none}
}
@media (forced-colors:active){.chart,.notice svg,.four svg{forced-color-adjust:none;background:var(--paper)}}
`;
}

const marginFont = `font:8pt ${font.family},sans-serif;color:${light.ink2}`;

function points(step: TypeStep): string {
  return `font-size:${step.printSize}pt;line-height:${step.printLine}pt`;
}

/** A CSS string that can end neither itself nor the style element. */
function quoted(text: string): string {
  const safe = text.replace(/["\\<>\n\r\f]/g, (c) => `\\${(c.codePointAt(0) ?? 32).toString(16)} `);
  return `"${safe}"`;
}
