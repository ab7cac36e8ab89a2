// The cartesian bundle has no types of its own; it is a part of the full one, whose types fit.
declare module 'plotly.js-cartesian-dist-min' {
  export * from 'plotly.js-dist-min';
}
