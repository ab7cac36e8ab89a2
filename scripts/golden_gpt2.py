"""Writes fixtures/golden/gpt2-tiny: a small random GPT-2 and what PyTorch computes with it, continuous thoughts included.

The forward pass is written out in plain PyTorch operations from the architecture's description, one prompt at a time,
without padding and without a cache, in float32: what the TypeScript engine must agree with to 1e-5.

    OMP_NUM_THREADS=1 /usr/bin/python3 scripts/golden_gpt2.py        (Debian's python3-torch; nothing else is needed)

The folder is a Hugging Face checkpoint (config.json, model.safetensors) with expected.json beside it.
"""

import json
import struct
from pathlib import Path

import torch
import torch.nn.functional as F

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "golden" / "gpt2-tiny"
CONFIG = {
    "activation_function": "gelu_new",
    "architectures": ["GPT2LMHeadModel"],
    "layer_norm_epsilon": 1e-05,
    "model_type": "gpt2",
    "n_embd": 32,
    "n_head": 4,
    "n_inner": 128,
    "n_layer": 2,
    "n_positions": 48,
    "tie_word_embeddings": True,
    "vocab_size": 50,
}
THOUGHTS = 3
SUFFIX = [7, 21]
NEW_TOKENS = 4
PROMPT_LENGTHS = [4, 11, 17]


def random_parameters(generator):
    """Wide enough that attention is far from uniform and that every bias and gain shows in the result; tokens weak enough
    that the tied head does not just repeat the last one."""
    d, inner = CONFIG["n_embd"], CONFIG["n_inner"]

    def normal(*shape, scale, centre=0.0):
        return centre + scale * torch.randn(*shape, generator=generator)

    def norm(name):
        return {f"{name}.weight": normal(d, scale=0.2, centre=1.0), f"{name}.bias": normal(d, scale=0.2)}

    def conv1d(name, fan_in, fan_out):
        weight = normal(fan_in, fan_out, scale=fan_in**-0.5)
        return {f"{name}.weight": weight, f"{name}.bias": normal(fan_out, scale=0.2)}

    parameters = {
        "wte.weight": normal(CONFIG["vocab_size"], d, scale=0.3),
        "wpe.weight": normal(CONFIG["n_positions"], d, scale=0.5),
    }
    for layer in range(CONFIG["n_layer"]):
        h = f"h.{layer}"
        parameters |= norm(f"{h}.ln_1")
        parameters |= conv1d(f"{h}.attn.c_attn", d, 3 * d)
        parameters |= conv1d(f"{h}.attn.c_proj", d, d)
        parameters |= norm(f"{h}.ln_2")
        parameters |= conv1d(f"{h}.mlp.c_fc", d, inner)
        parameters |= conv1d(f"{h}.mlp.c_proj", inner, d)
    return parameters | norm("ln_f")


def forward(parameters, embeddings):
    """inputs_embeds [T, d] at positions 0..T-1 -> residual stream after each block [T, d], hidden states after ln_f."""
    d, heads = CONFIG["n_embd"], CONFIG["n_head"]
    length = len(embeddings)

    def norm(name, x):
        return F.layer_norm(x, (d,), parameters[f"{name}.weight"], parameters[f"{name}.bias"], CONFIG["layer_norm_epsilon"])

    def conv1d(name, x):
        return torch.addmm(parameters[f"{name}.bias"], x, parameters[f"{name}.weight"])

    def by_head(x):
        return x.view(length, heads, d // heads).transpose(0, 1)

    future = torch.ones(length, length, dtype=torch.bool).triu(1)
    x = embeddings + parameters["wpe.weight"][:length]
    residuals = []
    for layer in range(CONFIG["n_layer"]):
        h = f"h.{layer}"
        query, key, value = map(by_head, conv1d(f"{h}.attn.c_attn", norm(f"{h}.ln_1", x)).split(d, dim=1))
        scores = (query @ key.transpose(1, 2)) / (d // heads) ** 0.5
        pattern = scores.masked_fill(future, float("-inf")).softmax(-1)
        mixed = (pattern @ value).transpose(0, 1).reshape(length, d)
        x = x + conv1d(f"{h}.attn.c_proj", mixed)
        x = x + conv1d(f"{h}.mlp.c_proj", F.gelu(conv1d(f"{h}.mlp.c_fc", norm(f"{h}.ln_2", x)), approximate="tanh"))
        residuals.append(x)
    return residuals, norm("ln_f", x)


def run(parameters, prompt):
    """Coconut on one prompt: each thought is the last hidden state of the whole sequence, appended as an embedding."""
    wte = parameters["wte.weight"]
    embeddings = wte[prompt]
    thoughts = []
    for _ in range(THOUGHTS):
        _, hidden = forward(parameters, embeddings)
        thoughts.append(hidden[-1])
        embeddings = torch.cat([embeddings, hidden[-1:]])
    embeddings = torch.cat([embeddings, wte[SUFFIX]])
    residuals, hidden = forward(parameters, embeddings)
    logits = hidden[-1] @ wte.T
    greedy = []
    for _ in range(NEW_TOKENS):
        greedy.append(int((forward(parameters, embeddings)[1][-1] @ wte.T).argmax()))
        embeddings = torch.cat([embeddings, wte[greedy[-1:]]])
    return {
        "prompt": prompt,
        "thoughts": torch.stack(thoughts),
        "thoughtLogits": torch.stack(thoughts) @ wte.T,
        "residuals": torch.stack(residuals)[:, -1],
        "nextLogits": logits,
        "greedy": greedy,
    }


def rounded(value):
    """Tensors as nested lists of 9 significant digits, which is enough to tell any two float32 apart."""
    if isinstance(value, torch.Tensor):
        return rounded(value.tolist())
    if isinstance(value, list):
        return [rounded(x) for x in value]
    return float(f"{value:.9g}") if isinstance(value, float) else value


def write_safetensors(path, parameters):
    """The format: header length as uint64, JSON header padded to 8 bytes, then the data, little-endian float32."""
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, tensor in parameters.items():
        content = tensor.contiguous().numpy().astype("<f4").tobytes()
        header[f"transformer.{name}"] = {
            "dtype": "F32",
            "shape": list(tensor.shape),
            "data_offsets": [len(data), len(data) + len(content)],
        }
        data += content
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def main():
    generator = torch.Generator().manual_seed(20240)
    parameters = random_parameters(generator)
    prompts = [torch.randint(CONFIG["vocab_size"], (n,), generator=generator).tolist() for n in PROMPT_LENGTHS]
    with torch.no_grad():
        runs = [{name: rounded(value) for name, value in run(parameters, prompt).items()} for prompt in prompts]
    expected = {"torch": torch.__version__, "suffix": SUFFIX, "runs": runs}
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "config.json").write_text(json.dumps(CONFIG, indent=2) + "\n")
    write_safetensors(FOLDER / "model.safetensors", parameters)
    (FOLDER / "expected.json").write_text(json.dumps(expected, separators=(",", ":")) + "\n")
    print(f"{FOLDER.name}: {sum(f.stat().st_size for f in FOLDER.iterdir())} bytes")


if __name__ == "__main__":
    main()
