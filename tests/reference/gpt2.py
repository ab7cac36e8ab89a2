"""GPT-2 in plain PyTorch operations, written for reading: one sequence at a time, no cache, no padding, no batch.

Radford et al. 2019, with the parameter names and the Conv1D weights [in, out] of Hugging Face's GPT2LMHeadModel, without
the `transformer.` prefix. The names of activations are TransformerLens's, as in src/model/activations.ts.
"""

import torch
import torch.nn.functional as F


def ignore(name, activation):
    """The observer that looks at nothing."""


class Gpt2:
    """
    config: the content of a Hugging Face config.json.
    parameters: tensors by name, all of one dtype, in which everything is computed.
    """

    def __init__(self, config, parameters):
        self.config = config
        self.parameters = parameters

    def embed(self, ids):
        """Token ids [T] -> token embeddings [T, d], without positions."""
        return self.parameters["wte.weight"][ids]

    def head(self, hidden):
        """Hidden states after ln_f [..., d] -> logits [..., V]."""
        tied = self.config.get("tie_word_embeddings", True)
        return hidden @ self.parameters["wte.weight" if tied else "lm_head.weight"].T

    def forward(self, embeddings, see=ignore):
        """
        embeddings [T, d] (of tokens, or thoughts in their place) at positions 0..T-1 -> hidden states after ln_f [T, d].
        `see(name, activation)` is shown every activation in the order of computation: rows [T, d], heads [T, H, w],
        attention [H, T, T].
        """
        positions = self.parameters["wpe.weight"][: len(embeddings)]
        see("hook_embed", embeddings)
        see("hook_pos_embed", positions)
        x = embeddings + positions
        for layer in range(self.config["n_layer"]):
            x = self._block(layer, x, see)
        hidden = self._layer_norm("ln_f", x)
        see("ln_final.hook_normalized", hidden)
        return hidden

    def _block(self, layer, x, see):
        def seen(name, activation):
            see(f"blocks.{layer}.{name}", activation)
            return activation

        h = f"h.{layer}"
        seen("hook_resid_pre", x)
        normed = seen("ln1.hook_normalized", self._layer_norm(f"{h}.ln_1", x))
        attention = seen("hook_attn_out", self._attention(f"{h}.attn", normed, seen))
        x = seen("hook_resid_mid", x + attention)
        normed = seen("ln2.hook_normalized", self._layer_norm(f"{h}.ln_2", x))
        inner = seen("mlp.hook_pre", self._conv1d(f"{h}.mlp.c_fc", normed))
        inner = seen("mlp.hook_post", F.gelu(inner, approximate="tanh"))
        outer = seen("hook_mlp_out", self._conv1d(f"{h}.mlp.c_proj", inner))
        return seen("hook_resid_post", x + outer)

    def _attention(self, name, normed, seen):
        length, width = normed.shape
        heads = self.config["n_head"]
        rows = self._conv1d(f"{name}.c_attn", normed).split(width, dim=1)
        by_position = [part.view(length, heads, width // heads) for part in rows]
        for letter, part in zip("qkv", by_position):
            seen(f"attn.hook_{letter}", part)
        query, key, value = (part.transpose(0, 1) for part in by_position)
        future = torch.ones(length, length, dtype=torch.bool).triu(1)
        scores = (query @ key.transpose(1, 2) / (width // heads) ** 0.5).masked_fill(future, float("-inf"))
        pattern = seen("attn.hook_pattern", seen("attn.hook_attn_scores", scores).softmax(-1))
        z = seen("attn.hook_z", (pattern @ value).transpose(0, 1))
        return self._conv1d(f"{name}.c_proj", z.reshape(length, width))

    def _layer_norm(self, name, x):
        mean = x.mean(-1, keepdim=True)
        variance = ((x - mean) ** 2).mean(-1, keepdim=True)
        normed = (x - mean) / (variance + self.config.get("layer_norm_epsilon", 1e-5)).sqrt()
        return normed * self.parameters[f"{name}.weight"] + self.parameters[f"{name}.bias"]

    def _conv1d(self, name, x):
        return x @ self.parameters[f"{name}.weight"] + self.parameters[f"{name}.bias"]
