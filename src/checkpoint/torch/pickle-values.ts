/** A Python tuple. Lists are arrays; this keeps the two apart. */
export class PickleTuple {
  constructor(readonly items: readonly PickleValue[]) {}
}

/** What a pickle gets by a name and may call: one of the few that are allowed. */
export class PickleGlobal {
  /**
   * @param name for messages: `module.name`
   * @param call what REDUCE does with it; absent where it is only ever passed around
   */
  constructor(
    readonly name: string,
    readonly call?: (args: readonly PickleValue[]) => PickleValue,
  ) {}
}

/** Anything else that an allowed name builds: a tensor, a storage. */
export abstract class PickleObject {
  /** What messages call it: `a tensor`. */
  abstract readonly kind: string;
}

/**
 * What nothing here needs: an object of some class, a set, what a function would return. It is not made; whatever the
 * pickle puts into it is passed over.
 */
export class PickleOpaque extends PickleObject {
  constructor(readonly kind: string) {
    super();
  }
}

/** A value that a pickle describes. A dict is a Map; an OrderedDict too. Integers above 2^53 are bigints. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | PickleTuple
  | PickleDict
  | PickleGlobal
  | PickleObject;

export type PickleDict = Map<PickleValue, PickleValue>;

/** What messages call a value. */
export function describeValue(value: PickleValue): string {
  if (value === null) return 'None';
  if (value instanceof Map) return 'a dict';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof PickleTuple) return 'a tuple';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof PickleGlobal) return value.name;
  if (value instanceof PickleObject) return value.kind;
  return typeof value === 'string' ? 'a string' : typeof value === 'boolean' ? 'a boolean' : 'a number';
}
