/** Something that has to be there for something else to work, and whether it is. */
export interface Requirement {
  readonly name: string;
  readonly met: boolean;
  /** What was found, and where it does not do, what would. */
  readonly detail: string;
}

/** One thing the doctor looked at. `broken`: the toolkit cannot work as it is; `absent`: it can, without this. */
export interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'absent' | 'broken';
  readonly detail: string;
  /** Of what is optional: each with its own answer, so that all that is missing is seen at once. */
  readonly requirements?: readonly Requirement[];
}

/** Rows of a table: the finding, and below it what it needs. */
export function findingRows({ name, state, detail, requirements = [] }: Finding): string[][] {
  return [[name, state, detail], ...requirements.map((need) => [`  ${need.name}`, need.met ? 'ok' : '-', need.detail])];
}

/** The names of what is missing. */
export function unmet(requirements: readonly Requirement[]): string[] {
  return requirements.flatMap(({ name, met }) => (met ? [] : [name]));
}
