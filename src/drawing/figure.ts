/** One row of a figure's numbers: what its marks stand for, at full precision. */
export type FigureRow = Readonly<Record<string, string | number | null>>;

/** A chart of a result. The same result gives the same text. */
export interface Figure {
  /** A file of its own: an `<svg>` with name, description, and its style for light, dark and paper inside. */
  svg(): string;
  /**
   * A fragment for a page: the same drawing, and where exploring helps what `exploreScript` and `plotlyScript` need
   * to draw it over. Without these scripts the drawing stands alone.
   */
  html(): string;
  /** What is drawn, as flat rows that all have the same columns. */
  data(): readonly FigureRow[];
}

/** What every figure function takes beside its result. */
export interface FigureOptions {
  /** Prefix of the ids inside; unique in the page that the figure goes into. Default: the figure's name. */
  readonly id?: string;
}
