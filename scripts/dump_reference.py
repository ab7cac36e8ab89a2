"""Writes what PyTorch computes with a Coconut checkpoint, for `coconut-lens verify --model DIR --reference OUT`.

    python3 dump_reference.py --checkpoint model.safetensors --config config.json --prompts prompts.json --out OUT

Needs torch (1.12 or later) and numpy, nothing else. The checkpoint is a state dict (torch.save, loaded with
weights_only=True, or safetensors) of a GPT-2 under Hugging Face names, with whatever wraps them: `base_causallm.` of
facebookresearch/coconut, `module.`, `_orig_mod.`. The prompts are a JSON list of lists of token ids, or of objects
{"prompt": ids, "thoughts": k, "suffix": ids}. The forward pass is the readable one in tests/reference.

Your own PyTorch model, through forward hooks, if it is built like Hugging Face's GPT2LMHeadModel:

    import sys; sys.path.insert(0, "PATH/TO/coconut-lens/scripts")
    from dump_reference import HookedModule, write_reference
    write_reference("OUT", HookedModule(model), [{"prompt": [464, 3290], "thoughts": 6, "suffix": [50258]}])

Any other model: give write_reference an object with `config` (n_layer, n_head, n_embd, vocab_size), `embed(ids [T])`,
`head(hidden [..., d])` and `forward(embeddings [T, d], see)`, which adds the positions, returns the hidden states after
ln_f [T, d], and may call `see(name, activation)` with whatever it can show; see tests/reference/gpt2.py.
"""

import argparse
import json
import re
import sys
from pathlib import Path

import torch

# The package's folder may be read-only, and is not to be littered.
sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "reference"))

import dump  # noqa: E402
import safetensors_file  # noqa: E402
from gpt2 import Gpt2  # noqa: E402
from hooked_module import HookedModule  # noqa: E402, F401

# As in src/checkpoint/parameter-names.ts: what wraps a module, and what stands beside the model.
WRAPPERS = {
    "_orig_mod",
    "module",
    "_fsdp_wrapped_module",
    "_fpw_module",
    "_checkpoint_wrapped_module",
    "_forward_module",
    "model",
    "base_causallm",
    "transformer",
}
BESIDE = re.compile(r"(expainable_llm|decoder|pj_in|pj_out|embedding)\.")
MASK_BUFFER = re.compile(r"h\.\d+\.attn\.(masked_)?bias")


def write_reference(folder, model, items, activations="", logit_ids=None, dtype="float32"):
    """items: see above; missing thoughts are 0, a missing suffix empty. activations: a regular expression."""
    defaults = {"thoughts": 0, "suffix": [], "new_tokens": 0}
    # Thoughts and logits are always kept: without them nothing is verified.
    pattern = re.compile(rf"({activations})|^thoughts\.|^logits$")
    tensors, described, gap = dump.dump(
        model, [{**defaults, **item} for item in items], lambda name: pattern.search(name) is not None, logit_ids
    )
    dump.write(Path(folder), dump.describe(model, described, dtype, logit_ids), tensors)
    return gap


def read_checkpoint(path, dtype):
    """Parameters by Hugging Face name without prefix."""
    if path.suffix == ".safetensors":
        state = safetensors_file.read(path)
    else:
        state = torch.load(path, map_location="cpu", weights_only=True)
    parameters = {}
    for name, tensor in state.items():
        name = ".".join(part for part in name.split(".") if part not in WRAPPERS)
        if not MASK_BUFFER.fullmatch(name) and not BESIDE.match(name):
            parameters[name] = tensor.to(dtype)
    return parameters


def read_items(path, thoughts, suffix, new_tokens):
    given = json.loads(path.read_text())
    defaults = {"thoughts": thoughts, "suffix": suffix, "new_tokens": new_tokens}
    return [{**defaults, **(item if isinstance(item, dict) else {"prompt": item})} for item in given]


def main():
    parser = argparse.ArgumentParser(description="Writes what PyTorch computes with a Coconut checkpoint.")
    parser.add_argument("--checkpoint", type=Path, required=True, help="state dict: torch file or safetensors")
    parser.add_argument("--config", type=Path, required=True, help="Hugging Face config.json")
    parser.add_argument("--prompts", type=Path, required=True, help="JSON: token ids, a list per prompt")
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    parser.add_argument("--thoughts", type=int, default=6, help="continuous thoughts per prompt (default 6)")
    parser.add_argument("--suffix", type=int, nargs="*", default=[], help="token ids read after the thoughts")
    parser.add_argument("--new-tokens", type=int, default=8, help="tokens to generate, greedily (default 8)")
    parser.add_argument("--dtype", choices=["float32", "float64"], default="float32", help="what to compute in")
    parser.add_argument("--logit-ids", type=int, nargs="+", help="keep the logits of these tokens only (default: all)")
    parser.add_argument("--activations", default="", help="regular expression of names to keep (default: all)")
    arguments = parser.parse_args()

    dtype = getattr(torch, arguments.dtype)
    config = json.loads(arguments.config.read_text())
    model = Gpt2(config, read_checkpoint(arguments.checkpoint, dtype))
    # A vocabulary that was resized may not have been in config.json.
    embedding, head = model.parameters["wte.weight"], model.parameters.get("lm_head.weight")
    config["vocab_size"] = len(embedding)
    if head is not None:
        config["tie_word_embeddings"] = torch.equal(head, embedding)
    items = read_items(arguments.prompts, arguments.thoughts, arguments.suffix, arguments.new_tokens)
    gap = write_reference(arguments.out, model, items, arguments.activations, arguments.logit_ids, arguments.dtype)
    print(f"{arguments.out}: {len(items)} items; smallest gap between the two highest logits while decoding: {gap:.3g}")


if __name__ == "__main__":
    main()
