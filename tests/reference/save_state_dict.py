"""Saves a GPT-2 checkpoint as the official code saves its own: torch.save of a state dict with `base_causallm.` names (here
of a compiled model), the tied or stored head, the embedding's second name and the causal-mask buffers included.

    python3 save_state_dict.py MODEL.safetensors OUT
"""

import sys
from pathlib import Path

import torch

import safetensors_file

tensors = safetensors_file.read(Path(sys.argv[1]))
state = {f"base_causallm._orig_mod.{name}": tensor for name, tensor in tensors.items()}
state.setdefault("base_causallm._orig_mod.lm_head.weight", tensors["transformer.wte.weight"])
mask = torch.ones(8, 8, dtype=torch.bool).tril().view(1, 1, 8, 8)
state["base_causallm._orig_mod.transformer.h.0.attn.bias"] = mask
state["base_causallm._orig_mod.transformer.h.0.attn.masked_bias"] = torch.tensor(-1e4)
state["embedding.weight"] = tensors["transformer.wte.weight"]
torch.save(state, sys.argv[2])
