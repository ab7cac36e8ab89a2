import { DAG_CSS, themeCss } from '../drawing/index.js';
import { EXPLORER_CSS, EXPLORER_PRINT_CSS } from './explorer-style.js';

/** The report's style sheet; a page of text and tables first, figures in the same colours. */
export const REPORT_CSS = `${themeCss(':root')}
${DAG_CSS}
:root{color-scheme:light dark;--wide:78rem;--measure:44rem}
@media print{:root{color-scheme:light}}
*{box-sizing:border-box}
html{background:var(--cl-paper);color:var(--cl-ink);-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:var(--wide);padding:3rem clamp(1rem,4vw,3rem) 4rem;font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
h1{font-size:1.9rem;line-height:1.2;letter-spacing:-.015em;margin:.2rem 0 .6rem;font-weight:680;text-wrap:balance}
h2{font-size:1.25rem;line-height:1.3;margin:3.2rem 0 .5rem;font-weight:660;letter-spacing:-.005em}
h3,h2.minor{font-size:1rem;margin:1.8rem 0 .4rem}
p,.lede,dl.words,ul.limits{max-width:var(--measure)}
p{margin:.5rem 0 .9rem}
a{color:inherit;text-decoration-color:var(--cl-frontier);text-underline-offset:.2em}
:focus-visible{outline:2px solid var(--cl-frontier);outline-offset:2px}
small{font-size:.8em;color:var(--cl-muted)}
code{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
.eyebrow{margin:0;color:var(--cl-muted);font-size:.86rem;letter-spacing:.02em}
.lede{color:var(--cl-muted)}
header .lede{font-size:1.08rem;color:var(--cl-ink)}
dl.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(13rem,100%),1fr));gap:.9rem 2.2rem;margin:1.6rem 0 1rem;padding:1.1rem 0;border-block:1px solid var(--cl-faint)}
dl.facts dt{font-size:.78rem;color:var(--cl-muted);letter-spacing:.02em}
dl.facts dd{margin:0;overflow-wrap:anywhere}
dl.facts .all{grid-column:1/-1}
dl.all-facts{display:grid;grid-template-columns:minmax(8rem,auto) 1fr;gap:.3rem 1.4rem;margin:.4rem 0 1rem;font-size:.92rem}
dl.all-facts dt{color:var(--cl-muted)}
dl.all-facts dd{margin:0;overflow-wrap:anywhere}
dl.words dt{font-weight:620;margin-top:.7rem}
dl.words dd{margin:0}
ul.limits{padding-left:1.1rem}
ul.limits li{margin:.6rem 0}
.warnings{border-left:4px solid var(--cl-frontier);background:var(--cl-band);padding:.7rem 1.1rem;margin:1rem 0;border-radius:0 6px 6px 0}
.warnings ul{margin:.3rem 0;padding-left:1.1rem}
blockquote.question{margin:1rem 0;max-width:62rem;font-size:.94rem;padding:.1rem 0 .1rem 1.1rem;border-left:3px solid var(--cl-faint);color:var(--cl-muted)}
blockquote.question p{max-width:none;overflow-wrap:anywhere}
blockquote.question strong{color:var(--cl-ink)}
.scroll{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums;margin:.4rem 0 1.2rem}
caption{text-align:left;color:var(--cl-muted);padding:0 0 .6rem;line-height:1.45}
caption span{display:block;max-width:min(var(--measure),calc(100vw - 2.2rem))}
caption i{color:var(--cl-ink)}
th,td{padding:.4rem .9rem .4rem 0;text-align:right;vertical-align:top;white-space:nowrap}
th:last-child,td:last-child{padding-right:.2rem}
thead th{font-weight:600;border-bottom:1.5px solid var(--cl-outline);vertical-align:bottom;line-height:1.3;white-space:normal;min-width:5.6rem}
thead th:first-child,tbody th{text-align:left;min-width:5.4rem;white-space:nowrap}
tbody th{font-weight:600}
tbody tr+tr>*{border-top:1px solid var(--cl-faint)}
td b{font-weight:620}
td small,thead small{display:block;font-weight:400;font-size:.8em;line-height:1.35}
td.n{color:var(--cl-muted)}
td.frontier{background:var(--cl-band)}
.panels{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(34rem,100%),1fr));gap:1.6rem 2rem;margin:1rem 0}
figure{margin:0;min-width:0}
figcaption{font-size:.92rem;color:var(--cl-muted);padding-bottom:.2rem}
figcaption b{color:var(--cl-ink);margin-right:.5em}
.panels svg{display:block;width:100%;min-width:34rem;height:auto}
.key svg{display:block}
.unseen{position:absolute;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
${EXPLORER_CSS}
details{margin:.8rem 0}
summary{cursor:pointer;font-weight:600;padding:.25rem 0}
summary:hover{text-decoration:underline;text-decoration-color:var(--cl-frontier);text-underline-offset:.2em}
footer{margin-top:3.5rem;padding-top:1rem;border-top:1px solid var(--cl-faint);color:var(--cl-muted);font-size:.9rem}
@media (max-width:30rem){body{padding-top:1.6rem}h1{font-size:1.5rem}h2{margin-top:2.4rem}dl.all-facts{grid-template-columns:1fr;gap:.1rem}dl.all-facts dd{margin-bottom:.5rem}}
@media print{html{font-size:8.5pt}body{padding:0;max-width:none}.scroll{overflow:visible}figure,tr{break-inside:avoid}h2{break-after:avoid}.panels svg{min-width:0}${EXPLORER_PRINT_CSS}}`;
