/**
 * The visualiser and the list of items. Nothing in it moves by itself: a step redraws, so that there is no motion to
 * reduce.
 */
export const EXPLORER_CSS = `[hidden]{display:none!important}
button,select,input{font:inherit;color:inherit}
button,select,input[type=search]{background:var(--cl-paper);border:1px solid var(--cl-outline);border-radius:6px;padding:.25rem .6rem;min-height:2rem}
button{cursor:pointer}
button:hover{border-color:var(--cl-ink)}
button[aria-disabled=true]{color:var(--cl-muted);border-color:var(--cl-faint);cursor:default}
input[type=range]{accent-color:var(--cl-mark);width:9rem;margin:0}
input[type=radio],input[type=checkbox]{accent-color:var(--cl-mark);margin:0 .25rem 0 0}
#explorer{border-top:1px solid var(--cl-faint);margin-top:1.2rem}
.controls{display:flex;flex-wrap:wrap;gap:.6rem 2rem;align-items:center;padding:.8rem 0}
#explorer .controls{position:sticky;top:0;background:var(--cl-paper);z-index:2}
.control{display:flex;align-items:center;gap:.55rem;border:0;margin:0;padding:0;min-width:0}
.control legend{float:left;padding:0;margin-right:.55rem}
.control label,.control legend,.controls output{font-size:.92rem}
.control output{min-width:3.4rem;font-variant-numeric:tabular-nums}
fieldset.control label{display:flex;align-items:center}
#sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(34rem,100%),1fr));gap:1.2rem 2.4rem}
#sides figure{max-width:58rem}
#sides>p{grid-column:1/-1}
#sides h3,#item-panels h3{margin:.6rem 0 .2rem;overflow-wrap:anywhere}
#sides figcaption{font-size:1rem;font-variant-numeric:tabular-nums}
#sides .scroll svg{display:block;height:auto}
#sides [data-shape=graph] .scroll svg{width:100%;min-width:34rem}
table.mass{font-size:.86rem;margin:.4rem 0 .8rem}
table.mass th,table.mass td{padding:.08rem .9rem .08rem 0;border:0;font-weight:400;vertical-align:middle}
table.mass th{color:var(--cl-muted);min-width:8rem}
table.mass .bar svg{display:block;width:14rem;max-width:38vw;height:.6rem;background:var(--cl-band)}
table.mass rect{fill:var(--cl-mark)}
td.now{background:var(--cl-band)}
.spark{display:block}
.spark path{fill:none;stroke:var(--cl-mark);stroke-width:1.5}
.spark circle{fill:var(--cl-frontier)}
#pins td{vertical-align:middle}
#pins button{min-height:1.6rem;padding:0 .5rem;border-color:var(--cl-faint)}
#tip{position:absolute;z-index:5;max-width:min(26rem,90vw);max-height:50vh;overflow:hidden;background:var(--cl-paper);border:1px solid var(--cl-outline);border-radius:6px;padding:.5rem .75rem;font-size:.86rem;line-height:1.4;box-shadow:0 3px 14px rgb(0 0 0/.22)}
#tip b{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:8;overflow:hidden;overflow-wrap:anywhere}
#tip span{color:var(--cl-muted)}
#tip dl{display:grid;grid-template-columns:auto auto;gap:.1rem .8rem;margin:.3rem 0 0;font-variant-numeric:tabular-nums}
#tip dt{color:var(--cl-muted);overflow-wrap:anywhere}
#tip dd{margin:0;text-align:right}
.list{max-height:22rem;overflow:auto}
.list table{width:100%;margin:0}
.list thead th{position:sticky;top:0;background:var(--cl-paper);z-index:1;box-shadow:0 1.5px 0 var(--cl-outline);border:0;min-width:5rem}
.list thead button,.list tbody button{border:0;background:none;padding:0;min-height:1.5rem;font-weight:600;text-align:inherit;text-decoration:underline;text-decoration-color:var(--cl-faint);text-underline-offset:.2em}
.list [aria-sort=ascending] button::after{content:" ↑"}
.list [aria-sort=descending] button::after{content:" ↓"}
.list tbody td,.list tbody th{padding-block:.2rem}
.list .chosen>*{background:var(--cl-band)}
.list td.words,.list thead th:last-child{text-align:left;padding-left:1rem}`;

/** On paper there is nothing to press. */
export const EXPLORER_PRINT_CSS = `.controls,.unprinted,#browser,#tip,#pins button{display:none!important}#sides .scroll svg{width:100%;min-width:0}`;
