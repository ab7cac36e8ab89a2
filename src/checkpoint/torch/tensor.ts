import { LensError } from '../../errors.js';
import { showShape } from '../messages.js';
import { countElements, DTYPE_BYTES } from '../safetensors-header.js';
import type { SafetensorsDType } from '../safetensors-header.js';
import { DAMAGED_PICKLE } from './pickle-cursor.js';
import { PickleObject } from './pickle-values.js';

/** torch's own limit is 64 too. */
const MAX_AXES = 64;

/** A run of elements that a file holds once and any number of tensors may look into. */
export class TorchStorage extends PickleObject {
  readonly kind = 'a storage';

  /**
   * @param key its name in the archive: `data/<key>`
   * @param dtype undefined for a storage of bytes without a type
   * @param length elements
   */
  constructor(
    readonly key: string,
    readonly dtype: SafetensorsDType | undefined,
    readonly length: number,
  ) {
    super();
  }
}

/** A tensor of a type that this project does not read. */
export class UnreadTensor extends PickleObject {
  readonly kind = 'a tensor of a type that is not read';

  /** @param type what torch calls it: `torch.DoubleStorage` */
  constructor(readonly type: string) {
    super();
  }
}

/** A tensor as a file describes it: a strided view of a storage, known to lie within it. */
export class TorchTensor extends PickleObject {
  readonly kind = 'a tensor';

  private constructor(
    readonly storage: TorchStorage,
    readonly dtype: SafetensorsDType,
    /** Elements of the storage before the tensor's first. */
    readonly offset: number,
    readonly shape: readonly number[],
    /** Elements of the storage from one index to the next, by axis. */
    readonly strides: readonly number[],
  ) {
    super();
  }

  /** @throws LensError if the view does not lie within the storage */
  static view(
    subject: string,
    storage: TorchStorage,
    offset: number,
    shape: readonly number[],
    strides: readonly number[],
  ): TorchTensor {
    const fail = (problem: string): never => {
      throw new LensError(subject, `data.pkl: a tensor of storage ${storage.key} ${problem}`, DAMAGED_PICKLE);
    };
    const { dtype } = storage;
    if (dtype === undefined) return fail('has no element type');
    if (shape.length !== strides.length) fail(`has ${shape.length} axes but ${strides.length} strides`);
    if (shape.length > MAX_AXES) fail(`has more than ${MAX_AXES} axes (${shape.length})`);
    const last = shape.includes(0) ? -1 : shape.reduce((sum, n, axis) => sum + (n - 1) * strides[axis], offset);
    if (last >= storage.length || offset > storage.length) {
      fail(
        `of shape ${showShape(shape)} ends outside it (${Math.max(last + 1, offset)} of ${storage.length} elements)`,
      );
    }
    return new TorchTensor(storage, dtype, offset, shape, strides);
  }

  get length(): number {
    return countElements(this.shape);
  }

  /** Whether its elements lie in the storage as they will in memory: row-major and without gaps. */
  get isContiguous(): boolean {
    let expected = 1;
    for (let axis = this.shape.length - 1; axis >= 0; axis--) {
      if (this.shape[axis] !== 1 && this.strides[axis] !== expected) return false;
      expected *= this.shape[axis];
    }
    return true;
  }

  /** Equal for two tensors exactly when they are the same view of the same storage. */
  get identity(): string {
    return JSON.stringify([this.storage.key, this.offset, this.shape, this.strides]);
  }
}

/** Bytes of an archive's entry that holds this storage. */
export function storageBytes({ dtype, length }: TorchStorage): number {
  return length * (dtype === undefined ? 1 : DTYPE_BYTES[dtype]);
}
