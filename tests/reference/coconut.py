"""Coconut (Hao et al. 2024, arXiv 2412.06769, section 3) over any language model with `embed`, `forward` and `head` as
`gpt2.Gpt2` has them. Written for reading: every pass recomputes the whole sequence.

In latent mode the last hidden state (after ln_f) takes the place of the next token's embedding: thought 1 is the hidden
state at the prompt's last token, thought c + 1 the one at the position that reads thought c.
"""

import torch
import torch.nn.functional as F


def think(model, prompt, thoughts):
    """The embeddings of prompt and thoughts [P + k, d]; the last k rows are the thoughts."""
    embeddings = model.embed(torch.tensor(prompt))
    for _ in range(thoughts):
        embeddings = torch.cat([embeddings, model.forward(embeddings)[-1:]])
    return embeddings


def activations(model, prompt, thoughts, suffix, wanted=lambda name: True):
    """
    Everything that a run leaves, by name, in the order of computation.

    Pass 0 reads the prompt; pass c reads thought c; the last pass also reads the suffix (without thoughts, pass 0 does).
    `pass.{p}.{name}` holds the rows of the positions that pass p reads; `thoughts.{c}` [d]; `thoughts.{c}.logits` [V], the
    thought through the LM head; `logits` [V], of the token after the suffix.
    """
    found = {}

    def keep(name, activation):
        if wanted(name):
            found[name] = activation.detach().clone()

    def observer(index, start):
        def see(name, activation):
            attention = name.endswith(("hook_attn_scores", "hook_pattern"))
            keep(f"pass.{index}.{name}", activation[:, start:] if attention else activation[start:])

        return see

    ends = model.embed(torch.tensor(suffix, dtype=torch.long))
    embeddings = model.embed(torch.tensor(prompt))
    start = 0
    for index in range(thoughts):
        thought = model.forward(embeddings, observer(index, start))[-1]
        keep(f"thoughts.{index + 1}", thought)
        keep(f"thoughts.{index + 1}.logits", model.head(thought))
        start = len(embeddings)
        embeddings = torch.cat([embeddings, thought[None]])
    hidden = model.forward(torch.cat([embeddings, ends]), observer(thoughts, start))
    keep("logits", model.head(hidden[-1]))
    return found


def generate(model, prompt, thoughts, suffix, new_tokens):
    """
    Greedy decoding after thoughts and suffix -> the new token ids, and the smallest gap there was between the highest
    logit and the next: a gap of the size of rounding would leave the choice to rounding.
    """
    embeddings = torch.cat([think(model, prompt, thoughts), model.embed(torch.tensor(suffix, dtype=torch.long))])
    tokens, gaps = [], []
    for _ in range(new_tokens):
        (first, second), ids = model.head(model.forward(embeddings)[-1]).topk(2)
        gaps.append(float(first - second))
        tokens.append(int(ids[0]))
        embeddings = torch.cat([embeddings, model.embed(torch.tensor(tokens[-1:]))])
    return tokens, min(gaps, default=float("inf"))


def loss(model, rows, thoughts):
    """
    The training loss: the mean cross-entropy over all labelled suffix positions of all rows, differentiable through the
    thoughts. A row is {"prompt": ids, "suffix": ids, "labels": ids}; labels[i] is what suffix position i should predict, -1
    where nothing is trained.
    """
    scores, labels = [], []
    for row in rows:
        suffix = model.embed(torch.tensor(row["suffix"]))
        hidden = model.forward(torch.cat([think(model, row["prompt"], thoughts), suffix]))
        scores.append(model.head(hidden[-len(suffix) :]))
        labels.append(torch.tensor(row["labels"]))
    return F.cross_entropy(torch.cat(scores), torch.cat(labels), ignore_index=-1)
