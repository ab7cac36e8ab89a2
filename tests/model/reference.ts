import type { TinyConfig } from './tiny.js';

type Tensors = Readonly<
  Record<string, { readonly shape: readonly number[]; readonly data: Float32Array | Float64Array }>
>;
type Vector = number[];

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i], 0);
const plus = (a: Vector, b: Vector): Vector => a.map((x, i) => x + b[i]);

/** gelu_new, as Hugging Face writes it. */
const gelu = (x: number): number => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

/**
 * GPT-2 in plain loops and float64, one sequence at a time, without padding, cache or batch: written from the
 * architecture's description, independently of src/model, to check it.
 */
export class ReferenceGpt2 {
  constructor(
    private readonly config: TinyConfig,
    private readonly tensors: Tensors,
  ) {}

  row(name: string, index: number): Vector {
    const { shape, data } = this.tensors[name];
    return Array.from(data.subarray(index * shape[1], (index + 1) * shape[1]));
  }

  private vector(name: string): Vector {
    return Array.from(this.tensors[name].data);
  }

  private linear(name: string, x: Vector): Vector {
    const [rows, columns] = this.tensors[`${name}.weight`].shape;
    const weight = this.tensors[`${name}.weight`].data;
    const bias = this.vector(`${name}.bias`);
    return bias.map((b, column) => {
      let sum = b;
      for (let row = 0; row < rows; row++) sum += x[row] * weight[row * columns + column];
      return sum;
    });
  }

  private norm(name: string, x: Vector): Vector {
    const mean = x.reduce((a, b) => a + b, 0) / x.length;
    const variance = x.reduce((a, b) => a + (b - mean) ** 2, 0) / x.length;
    const gain = this.vector(`${name}.weight`);
    const bias = this.vector(`${name}.bias`);
    return x.map(
      (value, i) => ((value - mean) / Math.sqrt(variance + this.config.layerNormEpsilon)) * gain[i] + bias[i],
    );
  }

  /** inputs_embeds [T][d] at positions 0..T-1 -> hidden states after ln_f [T][d]. */
  hidden(embeddings: readonly Vector[]): Vector[] {
    const { nHead, nEmbd, nLayer } = this.config;
    const headWidth = nEmbd / nHead;
    let x = embeddings.map((embedding, position) => plus(embedding, this.row('wpe.weight', position)));
    for (let layer = 0; layer < nLayer; layer++) {
      const h = `h.${layer}`;
      const qkv = x.map((row) => this.linear(`${h}.attn.c_attn`, this.norm(`${h}.ln_1`, row)));
      const part = (row: Vector, which: number, head: number): Vector =>
        row.slice(which * nEmbd + head * headWidth, which * nEmbd + (head + 1) * headWidth);
      const mixed = qkv.map((row, position) => {
        const out: Vector = [];
        for (let head = 0; head < nHead; head++) {
          const seen = qkv.slice(0, position + 1);
          const scores = seen.map((key) => dot(part(row, 0, head), part(key, 1, head)) / Math.sqrt(headWidth));
          const top = Math.max(...scores);
          const weights = scores.map((score) => Math.exp(score - top));
          const total = weights.reduce((a, b) => a + b, 0);
          for (let i = 0; i < headWidth; i++) {
            out.push(seen.reduce((sum, value, j) => sum + (weights[j] / total) * part(value, 2, head)[i], 0));
          }
        }
        return out;
      });
      x = x.map((row, position) => {
        const middle = plus(row, this.linear(`${h}.attn.c_proj`, mixed[position]));
        const inner = this.linear(`${h}.mlp.c_fc`, this.norm(`${h}.ln_2`, middle)).map(gelu);
        return plus(middle, this.linear(`${h}.mlp.c_proj`, inner));
      });
    }
    return x.map((row) => this.norm('ln_f', row));
  }

  /** LM-head logits [V] of one hidden state. */
  logits(hidden: Vector): Vector {
    const head = this.config.tieWordEmbeddings ? 'wte.weight' : 'lm_head.weight';
    return Array.from({ length: this.config.vocabSize }, (_, token) => dot(this.row(head, token), hidden));
  }

  /** Coconut by definition: k times, the whole sequence anew, and its last hidden state appended as an embedding. */
  thoughts(prompt: readonly number[], k: number): { thoughts: Vector[]; embeddings: Vector[] } {
    const embeddings = prompt.map((id) => this.row('wte.weight', id));
    const thoughts: Vector[] = [];
    for (let c = 0; c < k; c++) {
      const hidden = this.hidden(embeddings);
      thoughts.push(hidden[hidden.length - 1]);
      embeddings.push(hidden[hidden.length - 1]);
    }
    return { thoughts, embeddings };
  }
}
