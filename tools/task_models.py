"""Small random models with tokenizers of their own kind, for the tasks of heads: fixtures and live tests.

The weights are those of hf_models.py, but a head's last matrix is larger (SCALE), so that the scores of two words or
labels differ clearly and their order can be judged.
"""

import random
import shutil
from pathlib import Path

import torch
import transformers
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

import hf_models

SCALE = 3.0
POSITIONS = 96

ENGLISH = """the a cat dog sat on mat who was tired because it slept in house under old tree river runs to sea she he
they said that children play near station train late again rain falls softly at night bread and milk cost more than
before painter of Guernica lived Paris don't isn't it's we're you've""".split()
OTHERS = {
    "German": "der müde Hund schläft über den Straßen größer schöne Äpfel für Öl".split(),
    "French": "où était l'élève français ça déjà garçon forêt naïve cœur".split(),
    "Russian": "кошка сидела на коврике потому что ёжик устал ночью поезд".split(),
    "Greek": "η γάτα κάθισε στο χαλί γιατί ήταν κουρασμένη".split(),
    "Chinese": "猫 坐在 垫子 上 因为 它 累了 火车 晚点".split(),
    "Japanese": "ねこ が マット に すわった デパート ガス".split(),
    "Arabic": "جلست القطة على الحصيرة لأنها كانت متعبة".split(),
    "Hindi": "बिल्ली चटाई पर बैठी क्योंकि वह थकी थी".split(),
    "signs": "🙂 👩‍👩‍👧 ½ № ™ “ ” … e\u0301 ﬁ".split(),
}
MARKS = [".", ",", "!", "?", ";", " -", "'s", ""]


def words_of(rng, foreign):
    """English, or with a part of another script."""
    if not foreign:
        return ENGLISH
    return ENGLISH[:12] + rng.choice(list(OTHERS.values())) * 2


def sentence(rng, words, foreign):
    """A text of that many words; `foreign`: not all of it is ASCII."""
    chosen = rng.choices(words_of(rng, foreign), k=max(words, 1))
    if foreign:
        chosen[rng.randrange(len(chosen))] = rng.choice(rng.choice(list(OTHERS.values())))
    text = "".join((" " if i else "") + word + (rng.choice(MARKS) if rng.random() < 0.2 else "")
                   for i, word in enumerate(chosen))
    return text[:1].upper() + text[1:]


def corpus(seed=0):
    rng = random.Random(seed)
    return [sentence(rng, rng.randrange(3, 15), i % 2 == 1) for i in range(1500)]


# Tokenizers --------------------------------------------------------------------------------------------

BERT_TOKENS = dict(pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]", mask_token="[MASK]")
ROBERTA_TOKENS = dict(bos_token="<s>", pad_token="<pad>", eos_token="</s>", unk_token="<unk>", cls_token="<s>",
                      sep_token="</s>", mask_token=AddedToken("<mask>", lstrip=True, special=True))


def word_piece():
    """BERT's, upper and lower case apart."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(vocab_size=500, special_tokens=list(BERT_TOKENS.values()), show_progress=False)
    tokenizer.train_from_iterator(corpus(), trainer)
    ids = {token: tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]")}
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", ids["[SEP]"]), ("[CLS]", ids["[CLS]"]))
    return tokenizer


def byte_level():
    """RoBERTa's."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=500, special_tokens=["<s>", "<pad>", "</s>", "<unk>"], show_progress=False,
                                  initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(corpus(), trainer)
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    return tokenizer


def unigram():
    """XLM-R's."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    trainer = trainers.UnigramTrainer(vocab_size=400, special_tokens=["<s>", "<pad>", "</s>", "<unk>"],
                                      unk_token="<unk>", show_progress=False)
    tokenizer.train_from_iterator(corpus(), trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    return tokenizer


FAMILIES = {  # kind of tokenizer, its special tokens, fields of config.json by the letters of hf_models.SIZES
    "Bert": (word_piece, BERT_TOKENS, {}),
    "DistilBert": (word_piece, BERT_TOKENS, {}),
    "Electra": (word_piece, BERT_TOKENS, {"E": 12}),
    "Roberta": (byte_level, ROBERTA_TOKENS, {"types": 1, "eps": 1e-5}),
    "XLMRoberta": (unigram, ROBERTA_TOKENS, {"types": 1, "eps": 1e-5}),
}


def save_tokenizer(directory, family, length, **config):
    """tokenizer.json and tokenizer_config.json."""
    make, tokens, _ = FAMILIES[family]
    names = ["input_ids", "token_type_ids", "attention_mask"] if family in ("Bert", "Electra") else None
    made = transformers.PreTrainedTokenizerFast(tokenizer_object=make(), model_max_length=length, **tokens, **config,
                                                **({"model_input_names": names} if names else {}))
    made.save_pretrained(directory)
    return len(made)


# Models ------------------------------------------------------------------------------------------------

LAST = ("classifier.weight", "classifier.out_proj.weight", "qa_outputs.weight", "predictions.decoder.weight",
        "lm_head.decoder.weight", "vocab_projector.weight", "generator_lm_head.weight")


def scale_head(model, factor):
    """The last matrix of the head; decoders are not tied to the embeddings here."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.endswith(LAST):
                parameter.mul_(factor)


def make(directory, family, head, seed, scale=SCALE, length=POSITIONS, dtype=torch.float32, tokenizer_config=None,
         D=24, L=2, H=3, F=40, **config):
    """A directory with a model of `family` ("Roberta") and `head` ("ForMaskedLM"). `config`: more fields of config.json."""
    directory = Path(directory)
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    vocabulary = save_tokenizer(directory, family, length, **(tokenizer_config or {}))
    sizes = dict(D=D, L=L, H=H, F=F, tie=False, **FAMILIES[family][2])
    extra = 2 if family in ("Roberta", "XLMRoberta") else 0
    model = hf_models.random_model(seed, family + head, vocab_size=vocabulary, max_position_embeddings=POSITIONS + extra,
                                   **hf_models.fields(family + head, sizes), **config)
    scale_head(model, scale)
    hf_models.save(model, directory, dtype)
    return directory
