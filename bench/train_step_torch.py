"""The peer of bench/train-step.ts: one Coconut training step in plain PyTorch, as the official code does it.

One forward pass for the prompt with a key/value cache, one per continuous thought, one for the last thought with the
suffix; backward; AdamW. Reads one line of JSON per request on standard input:

    {"weights": FILE, "shapes": {name: shape}, ...}   first line: the set-up
    "step"                                            runs one step, answers {"ms": ..., "loss": ...}
    "gradients"                                       answers with the loss and writes the gradients to FILE.gradients
"""
import json
import math
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

setup = json.loads(sys.stdin.readline())
heads, layers, thoughts = setup["heads"], setup["layers"], setup["thoughts"]
raw = np.fromfile(setup["weights"], dtype=np.float32)
parameters, offset = {}, 0
for name, shape in setup["shapes"].items():
    size = int(np.prod(shape))
    parameters[name] = torch.nn.Parameter(torch.from_numpy(raw[offset : offset + size].reshape(shape).copy()))
    offset += size
prompt, suffix, labels = (torch.tensor(setup[key]) for key in ("prompt", "suffix", "labels"))
optimizer = torch.optim.AdamW(parameters.values(), lr=setup["learningRate"], weight_decay=0.01)


def block(x, layer, cache, mask):
    p = lambda name: parameters[f"h.{layer}.{name}"]
    batch, length, width = x.shape
    normed = F.layer_norm(x, (width,), p("ln_1.weight"), p("ln_1.bias"), 1e-5)
    qkv = torch.addmm(p("attn.c_attn.bias"), normed.view(-1, width), p("attn.c_attn.weight"))
    q, k, v = (t.view(batch, length, heads, -1).transpose(1, 2) for t in qkv.view(batch, length, -1).split(width, 2))
    if cache is not None:
        k, v = torch.cat((cache[0], k), 2), torch.cat((cache[1], v), 2)
    scores = q @ k.transpose(2, 3) / math.sqrt(width // heads)
    if length > 1:
        scores = scores + F.pad(mask, (k.shape[2] - length, 0))
    z = (torch.softmax(scores, -1) @ v).transpose(1, 2).reshape(-1, width)
    x = x + torch.addmm(p("attn.c_proj.bias"), z, p("attn.c_proj.weight")).view(batch, length, width)
    normed = F.layer_norm(x, (width,), p("ln_2.weight"), p("ln_2.bias"), 1e-5).view(-1, width)
    inner = F.gelu(torch.addmm(p("mlp.c_fc.bias"), normed, p("mlp.c_fc.weight")), approximate="tanh")
    return x + torch.addmm(p("mlp.c_proj.bias"), inner, p("mlp.c_proj.weight")).view(batch, length, width), (k, v)


mask = torch.triu(torch.full((256, 256), -1e30), 1)


def forward(x, cache):
    new = []
    mine = mask[: x.shape[1], : x.shape[1]]
    for layer in range(layers):
        x, kv = block(x, layer, cache[layer] if cache else None, mine)
        new.append(kv)
    return F.layer_norm(x, (x.shape[2],), parameters["ln_f.weight"], parameters["ln_f.bias"], 1e-5), new


def compute_loss():
    wte, wpe = parameters["wte.weight"], parameters["wpe.weight"]
    at = prompt.shape[1]
    hidden, cache = forward(wte[prompt] + wpe[:at], None)
    for c in range(thoughts - 1):
        hidden, cache = forward(hidden[:, -1:] + wpe[at + c], cache)
    at += thoughts
    language = wte[suffix] + wpe[at : at + suffix.shape[1]]
    x = torch.cat((hidden[:, -1:] + wpe[at - 1], language), 1) if thoughts else language
    hidden, _ = forward(x, cache)
    logits = hidden[:, -suffix.shape[1] :] @ wte.T
    return F.cross_entropy(logits.reshape(-1, logits.shape[-1]), labels.reshape(-1), ignore_index=-1)


for line in sys.stdin:
    request = json.loads(line)
    start = time.perf_counter()
    optimizer.zero_grad(set_to_none=True)
    loss = compute_loss()
    loss.backward()
    if request == "gradients":
        np.concatenate([p.grad.numpy().ravel() for p in parameters.values()]).tofile(setup["weights"] + ".gradients")
    else:
        optimizer.step()
    answer = {"ms": (time.perf_counter() - start) * 1e3, "loss": loss.item()}
    print(json.dumps(answer), flush=True)
