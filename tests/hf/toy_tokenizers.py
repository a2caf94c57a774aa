"""Small tokenizers of three kinds, trained on a few words of many languages, and texts made of those words."""

import json
import shutil
import unicodedata
from pathlib import Path

import tokenizers
from tokenizers import decoders, models, normalizers, pre_tokenizers, processors, trainers

ENGLISH = """the cat sat on a mat because it was tired who is famous for architecture in Barcelona like Sagrada Familia
Wolfgang lives Berlin and works at Hugging Face in New York City don't we're O'Brien well-known U.S. 3.14 1984 state-of-the-art
where when what which river mountain museum painter built house garden school student teacher book read wrote letter
morning evening winter summer green yellow purple small large quick slow between under over through without""".split()
OTHERS = """Gaudí naïve café Straße ÉCOLE école garçon smörgåsbord Łódź İstanbul istanbul ΟΔΟΣ οδος οδοσ ΣΊΣΥΦΟΣ Σίσυφος
привет Москва МОСКВА киев 東京 中文 北京大学 日本語 한국어 서울 नमस्ते สวัสดี العربية שלום 👍 👩‍🚀 ½ ﬁnance e\u0301te\u0301 x\u00ady —
„quote“ «mot» 10 € ¿qué?""".split()
MARKS = [".", ",", "?", "!", " -", ";", "'s", ")", " ("]

SPECIAL = {"cls_token": "<s>", "bos_token": "<s>", "sep_token": "</s>", "eos_token": "</s>", "unk_token": "<unk>",
           "pad_token": "<pad>", "mask_token": "<mask>"}


def sentence(random, words, foreign):
    """About that many words; `foreign` is the part of them that is not English."""
    parts = []
    for _ in range(words):
        word = random.choice(OTHERS if random.random() < foreign else ENGLISH)
        if random.random() < 0.1:
            word = random.choice((word.upper(), word.capitalize(), word.lower()))
        parts.append(word + (random.choice(MARKS) if random.random() < 0.2 else ""))
    return random.choice((" ", " ", " ", "  ", "\n")).join(parts)


def corpus():
    return [" ".join(ENGLISH), " ".join(OTHERS), *(word.lower() for word in ENGLISH + OTHERS)] * 3


def write(directory, name, value):
    (directory / name).write_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False),
                                  encoding="utf-8")


def word_piece(directory):
    """BERT's, lower case: every letter of the words, and half of the English words."""
    words = [unicodedata.normalize("NFD", word.lower()) for word in ENGLISH + OTHERS]
    letters = sorted({c for word in words for c in word if not unicodedata.combining(c)})
    left_out = set("łあ日ש₩👩")  # these become [UNK]
    letters = [c for c in letters if c not in left_out]
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *("##" + c for c in letters),
                  *sorted(set(words[::2]) - set(letters)), "##ing", "##er", "##ture", "##ed"]
    write(directory, "vocab.txt", "".join(entry + "\n" for entry in dict.fromkeys(vocabulary)))
    write(directory, "tokenizer_config.json", {"tokenizer_class": "BertTokenizer", "do_lower_case": True})


def byte_level(directory):
    """RoBERTa's, as vocab.json and merges.txt."""
    trained = tokenizers.ByteLevelBPETokenizer()
    trained.train_from_iterator(corpus(), vocab_size=600, special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"],
                                show_progress=False)
    trained.save_model(str(directory))
    write(directory, "tokenizer_config.json", {"tokenizer_class": "RobertaTokenizer"})


def unigram(directory):
    """That of XLM-R, as a tokenizer.json."""
    made = tokenizers.Tokenizer(models.Unigram())
    made.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(tokenizers.Regex(" {2,}"), " ")])
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    made.decoder = decoders.Metaspace()
    made.train_from_iterator(corpus(), trainers.UnigramTrainer(
        vocab_size=400, special_tokens=["<s>", "<pad>", "</s>", "<unk>"], unk_token="<unk>", show_progress=False))
    made.add_special_tokens([tokenizers.AddedToken("<mask>", lstrip=True)])
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>",
        special_tokens=[(token, made.token_to_id(token)) for token in ("<s>", "</s>")])
    made.save(str(directory / "tokenizer.json"))
    write(directory, "tokenizer_config.json", {"tokenizer_class": "PreTrainedTokenizerFast",
                                               "model_input_names": ["input_ids", "attention_mask"], **SPECIAL})


# Of each family: how its tokenizer is made, what its configuration adds.
FAMILIES = {"Bert": (word_piece, {}), "Roberta": (byte_level, dict(types=1, eps=1e-5)),
            "XLMRoberta": (unigram, dict(types=1, eps=1e-5))}


def make(directory, family, **config):
    """A directory with the family's tokenizer; `config` is added to tokenizer_config.json."""
    directory = Path(directory)
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    FAMILIES[family][0](directory)
    path = directory / "tokenizer_config.json"
    write(directory, path.name, json.loads(path.read_text(encoding="utf-8")) | config)
    return directory
