import { quote } from '../messages.js';
import { PickleCursor } from './pickle-cursor.js';
import { describeValue, PickleGlobal, PickleObject, PickleOpaque, PickleTuple } from './pickle-values.js';
import type { PickleValue } from './pickle-values.js';

/** What the pickle's names and persistent ids mean. */
export interface PickleResolver {
  /** What `module.name` stands for; undefined where no honest file asks for it, which is refused. */
  findClass(module: string, name: string): PickleGlobal | undefined;
  /** What a persistent id stands for. */
  persistentLoad(id: PickleValue): PickleValue;
}

/** Far above any checkpoint (GPT-2 XL with optimiser states takes about 60,000); bounds time and memory. */
const MAX_OPERATIONS = 500_000;
const MAX_INTEGER_BYTES = 64;
const HIGHEST_PROTOCOL = 5;
const SAVE_STATE_DICT = 'save only the tensors: torch.save(model.state_dict(), file)';

/** Stands on the stack where a variable number of items begins. */
const MARK = Symbol('mark');
type Slot = PickleValue | typeof MARK;

/** The operations that pickle writes in protocols 2 to 5 (names as in Python's pickletools). */
const OP = {
  MARK: 0x28,
  EMPTY_TUPLE: 0x29,
  STOP: 0x2e,
  POP: 0x30,
  POP_MARK: 0x31,
  BINBYTES: 0x42,
  SHORT_BINBYTES: 0x43,
  BINFLOAT: 0x47,
  BININT: 0x4a,
  BININT1: 0x4b,
  BININT2: 0x4d,
  NONE: 0x4e,
  BINPERSID: 0x51,
  REDUCE: 0x52,
  BINSTRING: 0x54,
  SHORT_BINSTRING: 0x55,
  BINUNICODE: 0x58,
  EMPTY_LIST: 0x5d,
  APPEND: 0x61,
  BUILD: 0x62,
  GLOBAL: 0x63,
  APPENDS: 0x65,
  BINGET: 0x68,
  LONG_BINGET: 0x6a,
  BINPUT: 0x71,
  LONG_BINPUT: 0x72,
  SETITEM: 0x73,
  TUPLE: 0x74,
  SETITEMS: 0x75,
  EMPTY_DICT: 0x7d,
  PROTO: 0x80,
  NEWOBJ: 0x81,
  TUPLE1: 0x85,
  TUPLE2: 0x86,
  TUPLE3: 0x87,
  NEWTRUE: 0x88,
  NEWFALSE: 0x89,
  LONG1: 0x8a,
  LONG4: 0x8b,
  SHORT_BINUNICODE: 0x8c,
  BINUNICODE8: 0x8d,
  BINBYTES8: 0x8e,
  EMPTY_SET: 0x8f,
  ADDITEMS: 0x90,
  FROZENSET: 0x91,
  NEWOBJ_EX: 0x92,
  STACK_GLOBAL: 0x93,
  MEMOIZE: 0x94,
  FRAME: 0x95,
  BYTEARRAY8: 0x96,
} as const;

/**
 * Runs a pickle on a machine that knows containers, numbers, strings and what `world` answers, and nothing else: no
 * class is made, no attribute is looked up and nothing is imported, whatever the file asks for; objects become opaque
 * values (`PickleOpaque`). Time and memory are
 * bounded by the length of the pickle and by `MAX_OPERATIONS`.
 *
 * @param subject the file, for messages
 * @throws LensError naming the first operation, name or value that is not allowed
 */
export function unpickle(subject: string, bytes: Uint8Array, world: PickleResolver): PickleValue {
  return new PickleMachine(new PickleCursor(subject, bytes), world).run();
}

class PickleMachine {
  private readonly stack: Slot[] = [];
  private readonly memo = new Map<number, PickleValue>();

  constructor(
    private readonly cursor: PickleCursor,
    private readonly world: PickleResolver,
  ) {}

  run(): PickleValue {
    for (let operations = 0; operations < MAX_OPERATIONS; operations++) {
      const operation = this.cursor.uint8();
      if (operation === OP.STOP) return this.pop();
      this.perform(operation);
    }
    return this.cursor.fail(`more than ${MAX_OPERATIONS} operations`, SAVE_STATE_DICT);
  }

  private perform(operation: number): void {
    const value = this.valueOf(operation);
    if (value === undefined) this.change(operation);
    else this.stack.push(value);
  }

  /** What an operation puts on the stack, if that is all it does there besides taking what it is made of. */
  private valueOf(operation: number): PickleValue | undefined {
    const { cursor } = this;
    switch (operation) {
      case OP.NONE:
        return null;
      case OP.NEWTRUE:
        return true;
      case OP.NEWFALSE:
        return false;
      case OP.BININT:
        return cursor.int32();
      case OP.BININT1:
        return cursor.uint8();
      case OP.BININT2:
        return cursor.uint16();
      case OP.LONG1:
        return this.integer(cursor.uint8());
      case OP.LONG4:
        return this.integer(cursor.uint32());
      case OP.BINFLOAT:
        return cursor.float64();
      case OP.SHORT_BINUNICODE:
        return cursor.text(cursor.uint8());
      case OP.BINUNICODE:
        return cursor.text(cursor.uint32());
      case OP.BINUNICODE8:
        return cursor.text(cursor.uint64());
      case OP.SHORT_BINBYTES:
        return cursor.take(cursor.uint8());
      case OP.BINBYTES:
        return cursor.take(cursor.uint32());
      case OP.BINBYTES8:
      case OP.BYTEARRAY8:
        return cursor.take(cursor.uint64());
      // Strings of Python 2: torch.save(pickle_protocol=2) of old checkpoints. Names are ASCII.
      case OP.SHORT_BINSTRING:
        return cursor.text(cursor.uint8());
      case OP.BINSTRING:
        return cursor.text(cursor.uint32());
      case OP.EMPTY_SET:
        return new PickleOpaque('a set');
      case OP.FROZENSET:
        this.popToMark();
        return new PickleOpaque('a set');
      case OP.EMPTY_TUPLE:
        return new PickleTuple([]);
      case OP.TUPLE1:
        return this.tupleOf(1);
      case OP.TUPLE2:
        return this.tupleOf(2);
      case OP.TUPLE3:
        return this.tupleOf(3);
      case OP.TUPLE:
        return new PickleTuple(this.popToMark());
      case OP.EMPTY_LIST:
        return [];
      case OP.EMPTY_DICT:
        return new Map();
      case OP.BINGET:
        return this.recall(cursor.uint8());
      case OP.LONG_BINGET:
        return this.recall(cursor.uint32());
      case OP.GLOBAL:
        return this.global(cursor.line(), cursor.line());
      case OP.STACK_GLOBAL:
        return this.globalFromStack();
      case OP.REDUCE:
      case OP.NEWOBJ:
        return this.call(this.pop());
      case OP.NEWOBJ_EX:
        // Arguments by name are of classes of which nothing is known here.
        this.pop();
        return this.call(this.pop());
      case OP.BINPERSID:
        return this.world.persistentLoad(this.pop());
      default:
        return undefined;
    }
  }

  private change(operation: number): void {
    const { cursor } = this;
    switch (operation) {
      case OP.PROTO:
        this.checkProtocol(cursor.uint8());
        break;
      case OP.FRAME:
        // Frames only help streaming; what is inside is read as if there were none.
        cursor.uint64();
        break;
      case OP.MARK:
        this.stack.push(MARK);
        break;
      case OP.APPEND:
        this.append([this.pop()]);
        break;
      case OP.APPENDS:
      case OP.ADDITEMS:
        this.append(this.popToMark());
        break;
      case OP.POP:
        this.stack.pop();
        break;
      case OP.POP_MARK:
        this.popToMark();
        break;
      case OP.SETITEM:
        this.setItems([this.pop(), this.pop()].reverse());
        break;
      case OP.SETITEMS:
        this.setItems(this.popToMark());
        break;
      case OP.BINPUT:
        this.memo.set(cursor.uint8(), this.top());
        break;
      case OP.LONG_BINPUT:
        this.memo.set(cursor.uint32(), this.top());
        break;
      case OP.MEMOIZE:
        this.memo.set(this.memo.size, this.top());
        break;
      case OP.BUILD:
        this.build();
        break;
      default:
        cursor.fail(
          `an operation that torch.save does not write for tensors (0x${operation.toString(16)})`,
          SAVE_STATE_DICT,
        );
    }
  }

  private checkProtocol(protocol: number): void {
    if (protocol > HIGHEST_PROTOCOL) this.cursor.fail(`an unknown pickle protocol (${protocol})`);
  }

  private integer(length: number): number | bigint {
    if (length > MAX_INTEGER_BYTES) this.cursor.fail(`an integer of ${length} bytes`);
    return this.cursor.integer(length);
  }

  private pop(): PickleValue {
    const value = this.stack.pop();
    if (value === undefined || value === MARK) return this.cursor.fail('a value is missing on its stack');
    return value;
  }

  private top(): PickleValue {
    const value = this.stack.at(-1);
    if (value === undefined || value === MARK) return this.cursor.fail('a value is missing on its stack');
    return value;
  }

  private popToMark(): PickleValue[] {
    const at = this.stack.lastIndexOf(MARK);
    if (at < 0) this.cursor.fail('a mark is missing on its stack');
    // What follows the last mark holds no other.
    const items = this.stack.splice(at + 1) as PickleValue[];
    this.stack.pop();
    return items;
  }

  private tupleOf(length: number): PickleTuple {
    const items = Array.from({ length }, () => this.pop());
    return new PickleTuple(items.reverse());
  }

  private append(items: readonly PickleValue[]): void {
    const list = this.top();
    if (list instanceof PickleOpaque) return;
    if (!Array.isArray(list)) this.cursor.fail(`items are appended to ${describeValue(list)}`);
    for (const item of items) list.push(item);
  }

  private setItems(items: readonly PickleValue[]): void {
    const dict = this.top();
    if (dict instanceof PickleOpaque) return;
    if (!(dict instanceof Map)) return this.cursor.fail(`items are set in ${describeValue(dict)}`);
    if (items.length % 2 !== 0) this.cursor.fail('a key has no value');
    for (let i = 0; i < items.length; i += 2) {
      const [key, value] = [items[i], items[i + 1]];
      // Python would keep the last of them, which hides a contradiction.
      if (dict.has(key))
        this.cursor.fail(`a key is set twice (${typeof key === 'string' ? quote(key) : describeValue(key)})`);
      dict.set(key, value);
    }
  }

  private recall(index: number): PickleValue {
    const value = this.memo.get(index);
    if (value === undefined) return this.cursor.fail(`it refers to a value that it has not given (${index})`);
    return value;
  }

  private global(module: string, name: string): PickleGlobal {
    const found = this.world.findClass(module, name);
    if (found !== undefined) return found;
    return this.cursor.fail(
      `it asks for ${quote(`${module}.${name}`)}, which runs code and has no place in a file of tensors; nothing was run`,
      SAVE_STATE_DICT,
    );
  }

  private globalFromStack(): PickleGlobal {
    const name = this.pop();
    const module = this.pop();
    if (typeof module === 'string' && typeof name === 'string') return this.global(module, name);
    return this.cursor.fail('a name is no string');
  }

  /** What a class or function would make of `args`: known ones are rebuilt here, of others only the name is kept. */
  private call(args: PickleValue): PickleValue {
    const callable = this.pop();
    if (callable instanceof PickleOpaque) return callable;
    if (!(callable instanceof PickleGlobal)) return this.cursor.fail(`it calls ${describeValue(callable)}`);
    if (!(args instanceof PickleTuple)) return this.cursor.fail(`it calls ${callable.name} without a tuple`);
    return callable.call === undefined ? new PickleOpaque(`an object of ${callable.name}`) : callable.call(args.items);
  }

  /**
   * Attributes are of no use: torch gives a state dict `_metadata`, with versions of its modules, and a parameter what its
   * class keeps.
   */
  private build(): void {
    this.pop();
    const target = this.top();
    if (target instanceof Map || target instanceof PickleObject) return;
    this.cursor.fail(`it sets attributes of ${describeValue(target)}`);
  }
}
