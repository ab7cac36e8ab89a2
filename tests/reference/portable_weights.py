"""Random GPT-2 weights that every language gets to the last bit (tests/model/portable-weights.ts is the twin).

Element i of tensor n (in the order of `shapes`) is centre + scale * u, with u uniform on the odd multiples of 2^-16 in
(-1, 1), from the upper half of a 32-bit integer hash of n and i (Ellis's lowbias32); the product and the sum are taken in
float64 and rounded to float32 once.
"""

import numpy as np
import torch

STRIDE = 0x9E3779B9


def hash32(x):
    x = x ^ (x >> np.uint32(16))
    x = x * np.uint32(0x7FEB352D)
    x = x ^ (x >> np.uint32(15))
    x = x * np.uint32(0x846CA68B)
    return x ^ (x >> np.uint32(16))


def shapes(config):
    """Names and shapes in the order of the forward pass."""
    d, inner = config["n_embd"], config["n_inner"]
    result = {"wte.weight": [config["vocab_size"], d], "wpe.weight": [config["n_positions"], d]}

    def layer_norm(name):
        result[f"{name}.weight"], result[f"{name}.bias"] = [d], [d]

    def conv1d(name, fan_in, fan_out):
        result[f"{name}.weight"], result[f"{name}.bias"] = [fan_in, fan_out], [fan_out]

    for layer in range(config["n_layer"]):
        layer_norm(f"h.{layer}.ln_1")
        conv1d(f"h.{layer}.attn.c_attn", d, 3 * d)
        conv1d(f"h.{layer}.attn.c_proj", d, d)
        layer_norm(f"h.{layer}.ln_2")
        conv1d(f"h.{layer}.mlp.c_fc", d, inner)
        conv1d(f"h.{layer}.mlp.c_proj", inner, d)
    layer_norm("ln_f")
    if not config["tie_word_embeddings"]:
        result["lm_head.weight"] = [config["vocab_size"], d]
    return result


def centre_and_scale(name):
    """Wide enough that attention is far from uniform and that every bias and gain shows; tokens weak enough that a tied
    head does not just repeat the last one."""
    if name.split(".")[-2].startswith("ln_"):
        return (1.0 if name.endswith(".weight") else 0.0), 0.375
    if name.startswith("h.") and name.endswith(".weight"):
        return 0.0, 0.5
    return 0.0, 0.75 if name == "wpe.weight" else 0.5


def weights(config, dtype=torch.float32):
    """Parameters by name."""
    result = {}
    for index, (name, shape) in enumerate(shapes(config).items()):
        start = np.uint32(index * STRIDE & 0xFFFFFFFF)
        elements = np.arange(int(np.prod(shape)), dtype=np.uint32) + start
        uniform = ((hash32(elements) >> np.uint32(16)).astype(np.float64) - 32767.5) / 32768
        centre, scale = centre_and_scale(name)
        values = (centre + scale * uniform).astype(np.float32).reshape(shape)
        result[name] = torch.from_numpy(values).to(dtype)
    return result


def token_ids(vocabulary, count):
    """Scattered token ids."""
    return (hash32(np.arange(count, dtype=np.uint32)) % np.uint32(vocabulary)).tolist()
