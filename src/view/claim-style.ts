import { REPORT_CSS } from './report-style.js';

/** The style sheet of a report of batteries: that of all reports, and what charts and verdicts need. */
export const CLAIM_CSS = `${REPORT_CSS}
.cl-still{overflow-x:auto}
.cl-still svg{display:block;min-width:min(100%,44rem);max-width:100%;height:auto}
.cl-explore,a.button{font:inherit;font-size:.86rem;color:var(--cl-ink);background:var(--cl-paper);border:1px solid var(--cl-outline);border-radius:5px;padding:.15rem .7rem;cursor:pointer}
figure.chart{margin:1.2rem 0 1.6rem}
figure.chart p.downloads{font-size:.86rem;color:var(--cl-muted);margin:.3rem 0}
nav.contents ul{columns:22rem;padding-left:1.1rem;margin:.4rem 0}
details.origin .aside{font-weight:400;color:var(--cl-muted);margin-left:.8em}
.verdict{white-space:nowrap;font-weight:620}
table.verdicts thead th+th{text-align:center;padding-right:.1rem;min-width:3.1rem}
table.verdicts td{text-align:center;padding-right:.1rem;min-width:3.1rem;white-space:normal}
table.verdicts td small{text-align:center;font-size:.68rem;hyphens:manual}
table.verdicts td b{font-size:1.15rem}
.sentence{font-size:1.12rem;max-width:var(--measure);border-left:4px solid var(--cl-mark);padding:.2rem 0 .2rem 1rem}
dl.facts-of-test{display:grid;grid-template-columns:minmax(7rem,auto) 1fr;gap:.35rem 1.2rem;max-width:62rem;margin:.6rem 0 1rem}
dl.facts-of-test dt{color:var(--cl-muted)}
dl.facts-of-test dd{margin:0}
section.prediction{border-top:1px solid var(--cl-faint);margin-top:2.4rem}
section.prediction h3{font-size:1.1rem}
table.numbers td.text{text-align:left;white-space:normal;min-width:9rem}
[hidden]{display:none}
@media (max-width:30rem){dl.facts-of-test{grid-template-columns:1fr;gap:.1rem}dl.facts-of-test dd{margin-bottom:.5rem}}
@media print{.cl-explore,.downloads{display:none}.cl-still svg{min-width:0}}`;
