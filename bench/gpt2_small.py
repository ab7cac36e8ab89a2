"""GPT-2 and Coconut's latent mode in plain PyTorch: inference with a preallocated key/value cache, without gradients.

Weights are drawn as in bench/kit/gpt2.ts: number i of the stream is a hash of i.
"""
import math

import numpy as np
import torch
import torch.nn.functional as F


def draw(plan):
    parameters, drawn = {}, 0
    for entry in plan:
        size = int(np.prod(entry["shape"]))
        x = np.arange(drawn, drawn + size, dtype=np.uint32)
        x = (x ^ (x >> np.uint32(16))) * np.uint32(0x85EBCA6B)
        x = (x ^ (x >> np.uint32(13))) * np.uint32(0xC2B2AE35)
        uniform = (x ^ (x >> np.uint32(16))).astype(np.float64) / 2.0**32
        spread = 2 * math.sqrt(3) * entry["deviation"]
        values = (entry["centre"] + spread * (uniform - 0.5)).astype(np.float32)
        parameters[entry["name"]] = torch.from_numpy(values.reshape(entry["shape"]))
        drawn += size
    return parameters


class Gpt2:
    def __init__(self, plan, layers, heads):
        self.p, self.layers, self.heads = draw(plan), layers, heads

    def cache(self, batch, capacity):
        width = self.p["wte.weight"].shape[1]
        shape = (self.layers, batch, self.heads, capacity, width // self.heads)
        return torch.zeros(shape), torch.zeros(shape)

    def forward(self, x, cache, at, mask):
        """x [B, T, d] at sequence positions at.. -> hidden states after ln_f; mask is additive, [B, 1, T, at + T]."""
        batch, length, width = x.shape
        for layer in range(self.layers):
            p = lambda name: self.p[f"h.{layer}.{name}"]
            normed = F.layer_norm(x, (width,), p("ln_1.weight"), p("ln_1.bias"), 1e-5)
            qkv = torch.addmm(p("attn.c_attn.bias"), normed.view(-1, width), p("attn.c_attn.weight"))
            q, k, v = (
                t.view(batch, length, self.heads, -1).transpose(1, 2)
                for t in qkv.view(batch, length, -1).split(width, 2)
            )
            keys, values = cache[0][layer], cache[1][layer]
            keys[:, :, at : at + length] = k
            values[:, :, at : at + length] = v
            scores = (q / math.sqrt(width // self.heads)) @ keys[:, :, : at + length].transpose(2, 3)
            if mask is not None:
                scores += mask
            z = torch.softmax(scores, -1) @ values[:, :, : at + length]
            z = z.transpose(1, 2).reshape(-1, width)
            x = x + torch.addmm(p("attn.c_proj.bias"), z, p("attn.c_proj.weight")).view(batch, length, width)
            normed = F.layer_norm(x, (width,), p("ln_2.weight"), p("ln_2.bias"), 1e-5).view(-1, width)
            inner = F.gelu(torch.addmm(p("mlp.c_fc.bias"), normed, p("mlp.c_fc.weight")), approximate="tanh")
            x = x + torch.addmm(p("mlp.c_proj.bias"), inner, p("mlp.c_proj.weight")).view(batch, length, width)
        return F.layer_norm(x, (width,), self.p["ln_f.weight"], self.p["ln_f.bias"], 1e-5)

    def think(self, prompts, k):
        """Prompts padded at the left -> thoughts [B, k, d], in k passes."""
        wte, wpe = self.p["wte.weight"], self.p["wpe.weight"]
        batch, longest = len(prompts), max(map(len, prompts))
        ids = torch.zeros(batch, longest, dtype=torch.long)
        padding = torch.zeros(batch, dtype=torch.long)
        for row, prompt in enumerate(prompts):
            padding[row] = longest - len(prompt)
            ids[row, longest - len(prompt) :] = torch.tensor(prompt)
        positions = (torch.arange(longest) - padding[:, None]).clamp(min=0)
        padded = bool(padding.any())
        dark = torch.where(torch.arange(longest + k) < padding[:, None], -1e30, 0.0)[:, None, None]
        mask = torch.triu(torch.full((longest, longest), -2e30), 1)
        cache = self.cache(batch, longest + k)
        hidden = self.forward(wte[ids] + wpe[positions], cache, 0, mask + dark[..., :longest] if padded else mask)
        thoughts = [hidden[:, -1:]]
        for c in range(k - 1):
            at = longest + c
            x = thoughts[-1] + wpe[at - padding][:, None]
            thoughts.append(self.forward(x, cache, at, dark[..., : at + 1] if padded else None))
        return torch.cat(thoughts, 1)

    def logits(self, hidden):
        return hidden @ self.p["wte.weight"].T
