"""Small models that the tests make themselves: a static table, a transformer of one layer, a cross-encoder."""

from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, models, pre_tokenizers

from index.training.export import write_model

WORDS = "[PAD] [UNK] [CLS] [SEP] deal chip cloud contract query passage : company bought river money".split()


def static_model(folder: Path, seed: int) -> Path:
    """Write a table of eight dimensions for a few words."""
    tokenizer = Tokenizer(models.WordLevel({word: number for number, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    write_model(folder, tokenizer, np.random.default_rng(seed).standard_normal((len(WORDS), 8)).astype(np.float32))
    return folder


def _bert(folder: Path) -> dict[str, object]:
    """Write a tokenizer for a BERT of one layer and return the sizes."""
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.WordLevel({word: number for number, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        unk_token="[UNK]",
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        model_max_length=32,
    )
    fast.save_pretrained(folder)
    return {
        "vocab_size": len(WORDS),
        "hidden_size": 16,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 32,
        "max_position_embeddings": 64,
    }


def transformer_model(folder: Path, prompts: dict[str, str]) -> Path:
    """Write a sentence-transformers model of one random layer; the same weights each time."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel

    inner = folder.with_name(folder.name + "-inner")
    inner.mkdir(parents=True)
    torch.manual_seed(0)
    BertModel(BertConfig(**_bert(inner))).save_pretrained(inner)
    modules = [Transformer(str(inner)), Pooling(16, "mean")]
    SentenceTransformer(modules=modules, device="cpu", prompts=prompts).save_pretrained(str(folder), create_model_card=False)
    return folder


def cross_encoder(folder: Path) -> Path:
    """Write a cross-encoder of one random layer."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    folder.mkdir(parents=True)
    torch.manual_seed(0)
    BertForSequenceClassification(BertConfig(num_labels=1, **_bert(folder))).save_pretrained(folder)
    return folder
