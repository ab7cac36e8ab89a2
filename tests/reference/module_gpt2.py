"""A GPT-2 as nn.Modules with Hugging Face's attribute names and calling convention, in torch's own layers: what a user's model
looks like to `HookedModule`, and a second implementation beside gpt2.py."""

import torch
from torch import nn


class Conv1D(nn.Module):
    def __init__(self, fan_in, fan_out):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(fan_in, fan_out))
        self.bias = nn.Parameter(torch.empty(fan_out))

    def forward(self, x):
        return torch.addmm(self.bias, x.reshape(-1, x.shape[-1]), self.weight).view(*x.shape[:-1], -1)


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.num_heads = heads
        self.c_attn = Conv1D(width, 3 * width)
        self.c_proj = Conv1D(width, width)

    def forward(self, x):
        batch, length, width = x.shape
        q, k, v = (t.view(batch, length, self.num_heads, -1).transpose(1, 2) for t in self.c_attn(x).split(width, 2))
        scores = torch.einsum("bhqw,bhkw->bhqk", q, k) * (width // self.num_heads) ** -0.5
        mask = torch.full((length, length), float("-inf"), dtype=x.dtype).triu(1)
        z = torch.einsum("bhqk,bhkw->bqhw", (scores + mask).softmax(-1), v)
        return (self.c_proj(z.reshape(batch, length, width)), None)


class Mlp(nn.Module):
    def __init__(self, width, inner):
        super().__init__()
        self.c_fc = Conv1D(width, inner)
        self.c_proj = Conv1D(inner, width)

    def forward(self, x):
        return self.c_proj(nn.functional.gelu(self.c_fc(x), approximate="tanh"))


class Block(nn.Module):
    def __init__(self, config):
        super().__init__()
        width, epsilon = config["n_embd"], config["layer_norm_epsilon"]
        self.ln_1 = nn.LayerNorm(width, eps=epsilon)
        self.attn = Attention(width, config["n_head"])
        self.ln_2 = nn.LayerNorm(width, eps=epsilon)
        self.mlp = Mlp(width, config["n_inner"])

    def forward(self, x):
        x = x + self.attn(self.ln_1(x))[0]
        return (x + self.mlp(self.ln_2(x)), None)


class Body(nn.Module):
    def __init__(self, config):
        super().__init__()
        width = config["n_embd"]
        self.wte = nn.Embedding(config["vocab_size"], width)
        self.wpe = nn.Embedding(config["n_positions"], width)
        self.h = nn.ModuleList(Block(config) for _ in range(config["n_layer"]))
        self.ln_f = nn.LayerNorm(width, eps=config["layer_norm_epsilon"])

    def forward(self, inputs_embeds):
        x = inputs_embeds + self.wpe(torch.arange(inputs_embeds.shape[1])[None])
        for block in self.h:
            x = block(x)[0]
        return self.ln_f(x)


class ModuleGpt2(nn.Module):
    def __init__(self, config, parameters):
        super().__init__()
        self.transformer = Body(config)
        self.lm_head = nn.Linear(config["n_embd"], config["vocab_size"], bias=False)
        self.transformer.load_state_dict({n: t for n, t in parameters.items() if n != "lm_head.weight"})
        tied = config["tie_word_embeddings"]
        self.lm_head.weight = nn.Parameter(parameters["wte.weight" if tied else "lm_head.weight"])
