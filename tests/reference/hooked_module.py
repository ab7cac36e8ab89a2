"""Any PyTorch module built like Hugging Face's GPT2LMHeadModel, seen through forward hooks.

It must have `transformer.wte`, `.wpe`, `.h[i]` with `ln_1`, `attn.c_attn`, `attn.c_proj`, `ln_2`, `mlp.c_fc`, `mlp.c_proj`,
and `transformer.ln_f`; `lm_head`; and `transformer(inputs_embeds=[1, T, d])` must run it. For the official Coconut class
pass its `base_causallm`. Attention scores and patterns are inside no module, so they are not seen.
"""

import torch


class HookedModule:
    """Has what `coconut.activations` asks of a model: `embed`, `forward`, `head`, `config`."""

    def __init__(self, module):
        self.module = module.eval()
        self.body = module.transformer
        vocabulary, width = self.body.wte.weight.shape
        attention = self.body.h[0].attn
        heads = getattr(attention, "num_heads", None) or module.config.n_head
        self.config = {"n_layer": len(self.body.h), "n_head": heads, "n_embd": width, "vocab_size": vocabulary}

    def embed(self, ids):
        return self.body.wte(ids)

    def head(self, hidden):
        return self.module.lm_head(hidden)

    def forward(self, embeddings, see=lambda name, activation: None):
        hidden, handles = [], []

        def watch(module, report):
            def hook(_module, inputs, output):
                report(first(inputs), first(output))

            handles.append(module.register_forward_hook(hook))

        watch(self.body.wpe, lambda i, o: see("hook_pos_embed", o))
        for layer, block in enumerate(self.body.h):
            self._watch_block(f"blocks.{layer}", block, watch, see)
        watch(self.body.ln_f, lambda i, o: (see("ln_final.hook_normalized", o), hidden.append(o)))
        try:
            with torch.no_grad():
                see("hook_embed", embeddings)
                self.body(inputs_embeds=embeddings[None])
        finally:
            for handle in handles:
                handle.remove()
        return hidden[0]

    def _watch_block(self, name, block, watch, see):
        """Which module's input (i) and output (o) is which activation."""

        def by_head(x):
            return x.reshape(len(x), self.config["n_head"], -1)

        def both(before, after):
            return lambda i, o: (see(f"{name}.{before}", i), see(f"{name}.{after}", o))

        def see_heads(i, o):
            for letter, part in zip("qkv", o.chunk(3, dim=-1)):
                see(f"{name}.attn.hook_{letter}", by_head(part))

        watch(block.ln_1, both("hook_resid_pre", "ln1.hook_normalized"))
        watch(block.attn.c_attn, see_heads)
        watch(block.attn.c_proj, lambda i, o: (see(f"{name}.attn.hook_z", by_head(i)), see(f"{name}.hook_attn_out", o)))
        watch(block.ln_2, both("hook_resid_mid", "ln2.hook_normalized"))
        watch(block.mlp.c_fc, lambda i, o: see(f"{name}.mlp.hook_pre", o))
        watch(block.mlp.c_proj, both("mlp.hook_post", "hook_mlp_out"))
        watch(block, lambda i, o: see(f"{name}.hook_resid_post", o))


def first(x):
    """A module's input or output without what surrounds it: the first of a tuple, the only row of the batch."""
    while isinstance(x, tuple):
        x = x[0]
    # A table of position embeddings may come as [T, d] or [1, T, d].
    return x[0] if x.dim() == 3 else x
