"""The folder that `coconut-lens verify --reference` reads: meta.json and activations.safetensors."""

import json

import torch

import coconut
import safetensors_file


def dump(model, items, wanted=lambda name: True, logit_ids=None):
    """
    items: [{"prompt": ids, "thoughts": k, "suffix": ids, "new_tokens": n}] -> the tensors by name, `{item}.{activation}`,
    and the items as meta.json has them, with the tokens that greedy decoding generates and its smallest gap.
    logit_ids: keep the logits of these tokens only; default all.
    """
    tensors, described, gaps = {}, [], [float("inf")]
    with torch.no_grad():
        for index, item in enumerate(items):
            prompt, thoughts, suffix = item["prompt"], item["thoughts"], item["suffix"]
            found = coconut.activations(model, prompt, thoughts, suffix, wanted)
            for name, tensor in found.items():
                cut = logit_ids is not None and name.endswith("logits")
                tensors[f"{index}.{name}"] = tensor[logit_ids] if cut else tensor
            generated, gap = coconut.generate(model, prompt, thoughts, suffix, item["new_tokens"])
            gaps.append(gap)
            described.append({"prompt": prompt, "thoughts": thoughts, "suffix": suffix, "generated": generated})
    return tensors, described, min(gaps)


def describe(model, items, dtype, logit_ids=None):
    """The content of meta.json. dtype: what was computed in; activations are stored as float32 in any case."""
    shape = {key: model.config[key] for key in ("n_layer", "n_head", "n_embd", "vocab_size")}
    return {
        "format": "coconut-lens-reference",
        "version": 1,
        "torch": torch.__version__,
        "dtype": dtype,
        "model": shape,
        **({} if logit_ids is None else {"logit_ids": logit_ids}),
        "items": items,
    }


def write(folder, meta, tensors):
    folder.mkdir(parents=True, exist_ok=True)
    safetensors_file.write(folder / "activations.safetensors", tensors)
    # Last, so that a folder with meta.json is complete.
    (folder / "meta.json").write_text(json.dumps(meta, separators=(",", ":")) + "\n")
