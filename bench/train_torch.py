"""The peer of bench/train.ts: training steps of Coconut in plain PyTorch on the sequences that our trainer was given.

Every sequence has its whole prompt, padded at the left, as the official code batches them. A step is one forward pass
for the prompts with a key/value cache (recomputing them for every thought would cost as many times more), one for each
thought but the last, one for the last thought and the suffix; backward; the norm of the gradients clipped; AdamW.

Reads one line of JSON per request on standard input; the first is the set-up. {"batch": [...], "learningRate": r,
"threads": n} runs a step, element-wise operations on n threads, and answers {"ms": ..., "loss": ..., "norm": ...}.
"""
import json
import math
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

setup = json.loads(sys.stdin.readline())
heads, layers, adamw = setup["heads"], setup["layers"], setup["optimizer"]
raw = np.fromfile(setup["weights"], dtype=np.float32)
parameters, offset = {}, 0
for name, shape in setup["shapes"].items():
    size = int(np.prod(shape))
    parameters[name] = torch.nn.Parameter(torch.from_numpy(raw[offset : offset + size].reshape(shape).copy()))
    offset += size
decayed = [p for p in parameters.values() if p.dim() > 1 or adamw["decay"] == "all"]
others = [p for p in parameters.values() if not (p.dim() > 1 or adamw["decay"] == "all")]
optimizer = torch.optim.AdamW(
    [{"params": decayed, "weight_decay": adamw["weightDecay"]}, {"params": others, "weight_decay": 0.0}],
    betas=(adamw["beta1"], adamw["beta2"]),
    eps=adamw["epsilon"],
)
IGNORED = -1


def block(x, layer, cache, mask):
    p = lambda name: parameters[f"h.{layer}.{name}"]
    batch, length, width = x.shape
    normed = F.layer_norm(x, (width,), p("ln_1.weight"), p("ln_1.bias"), 1e-5)
    qkv = torch.addmm(p("attn.c_attn.bias"), normed.view(-1, width), p("attn.c_attn.weight"))
    q, k, v = (t.view(batch, length, heads, -1).transpose(1, 2) for t in qkv.view(batch, length, -1).split(width, 2))
    if cache is not None:
        k, v = torch.cat((cache[0], k), 2), torch.cat((cache[1], v), 2)
    scores = q @ k.transpose(2, 3) / math.sqrt(width // heads) + mask
    z = (torch.softmax(scores, -1) @ v).transpose(1, 2).reshape(-1, width)
    x = x + torch.addmm(p("attn.c_proj.bias"), z, p("attn.c_proj.weight")).view(batch, length, width)
    normed = F.layer_norm(x, (width,), p("ln_2.weight"), p("ln_2.bias"), 1e-5).view(-1, width)
    inner = F.gelu(torch.addmm(p("mlp.c_fc.bias"), normed, p("mlp.c_fc.weight")), approximate="tanh")
    return x + torch.addmm(p("mlp.c_proj.bias"), inner, p("mlp.c_proj.weight")).view(batch, length, width), (k, v)


def forward(x, cache, padding):
    """x [B, T, d] after what is cached; padding [B, 1, 1, P] is added to the scores of the prompt's positions."""
    length = x.shape[1]
    before = cache[0][0].shape[2] if cache else 0
    mask = torch.triu(torch.full((length, before + length), -1e30), before + 1) if length > 1 else torch.zeros(1)
    mask = mask + F.pad(padding, (0, before + length - padding.shape[3]))
    new = []
    for layer in range(layers):
        x, kv = block(x, layer, cache[layer] if cache else None, mask)
        new.append(kv)
    return F.layer_norm(x, (x.shape[2],), parameters["ln_f.weight"], parameters["ln_f.bias"], 1e-5), new


def collate(rows):
    """Tensors of a batch: prompts padded at the left, suffixes and labels at the right."""
    thoughts = rows[0]["thoughts"]
    assert all(row["thoughts"] == thoughts for row in rows)
    longest = max(len(row["prompt"]) for row in rows)
    suffix = max(len(row["suffix"]) for row in rows)
    left = [longest - len(row["prompt"]) for row in rows]
    right = [suffix - len(row["suffix"]) for row in rows]
    prompt = torch.tensor([[0] * n + row["prompt"] for n, row in zip(left, rows)])
    padding = torch.zeros(len(rows), 1, 1, longest)
    for i, n in enumerate(left):
        padding[i, ..., :n] = -1e30
    first = torch.tensor([row["offset"] - n for n, row in zip(left, rows)])[:, None]
    positions = (first + torch.arange(longest + thoughts + suffix)).clamp(0, parameters["wpe.weight"].shape[0] - 1)
    suffixes = torch.tensor([row["suffix"] + [0] * n for n, row in zip(right, rows)])
    labels = torch.tensor([row["labels"] + [IGNORED] * n for n, row in zip(right, rows)])
    return prompt, padding, positions, suffixes, labels, thoughts


def compute_loss(rows):
    prompt, padding, positions, suffix, labels, thoughts = collate(rows)
    wte, place = parameters["wte.weight"], F.embedding(positions, parameters["wpe.weight"])
    at = prompt.shape[1]
    hidden, cache = forward(F.embedding(prompt, wte) + place[:, :at], None, padding)
    read = [hidden[:, -1:]]
    for _ in range(thoughts - 1):
        hidden, cache = forward(hidden[:, -1:] + place[:, at : at + 1], cache, padding)
        read.append(hidden)
        at += 1
    language = F.embedding(suffix, wte)
    x = torch.cat((hidden[:, -1:], language), 1) if thoughts else language
    read.append(forward(x + place[:, at:], cache, padding)[0])
    logits = torch.cat(read, 1) @ wte.T
    return F.cross_entropy(logits.view(-1, logits.shape[-1]), labels.view(-1), ignore_index=IGNORED)


for line in sys.stdin:
    request = json.loads(line)
    torch.set_num_threads(request["threads"])
    start = time.perf_counter()
    optimizer.zero_grad(set_to_none=True)
    loss = compute_loss(request["batch"])
    loss.backward()
    norm = torch.nn.utils.clip_grad_norm_(parameters.values(), adamw["maxNorm"])
    for group in optimizer.param_groups:
        group["lr"] = request["learningRate"]
    optimizer.step()
    answer = {"ms": (time.perf_counter() - start) * 1e3, "loss": loss.item(), "norm": norm.item()}
    print(json.dumps(answer), flush=True)
