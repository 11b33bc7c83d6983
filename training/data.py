"""Words to pieces, case shapes, label vocabularies, and the reading of every training corpus."""
import gzip
import json
import re
import unicodedata
from collections import Counter

CLS, SEP, UNK, MASK = "[CLS]", "[SEP]", "[UNK]", "[MASK]"
MAX_PIECES_PER_WORD = 8
MAX_PIECES = 256
NAME_TYPES = ["PER", "STATE", "NORP", "LOC", "ORG", "FAC", "EVENT", "LAW", "MISC"]
NAMES = ["O"] + [f"{p}-{t}" for t in NAME_TYPES for p in "BI"]
NC_DOCUMENTS = ("GUM_whow_", "GUM_fiction_")


def open_text(path, mode="rt"):
    """Open a plain or gzipped text file."""
    return gzip.open(path, mode, encoding="utf-8") if path.endswith(".gz") else open(path, mode, encoding="utf-8")


# ---------------------------------------------------------------- words to pieces

def is_punctuation(char):
    """BERT's notion: every ASCII symbol, and Unicode category P."""
    code = ord(char)
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    return unicodedata.category(char).startswith("P")


def is_cjk(char):
    """Ideographs, which BERT splits one by one."""
    code = ord(char)
    return (0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0x20000 <= code <= 0x2A6DF
            or 0x2A700 <= code <= 0x2CEAF or 0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F)


def fold(word):
    """Lower case, canonical decomposition, no combining marks (Mn), no control characters."""
    kept = "".join(c for c in word if unicodedata.category(c) not in ("Cc", "Cf", "Cn", "Co") and c != "\ufffd")
    return "".join(c for c in unicodedata.normalize("NFD", kept.lower()) if unicodedata.category(c) != "Mn")


def chunks(folded):
    """Runs without punctuation; each punctuation mark or ideograph alone; white space separates."""
    out, current = [], ""
    for char in folded:
        alone = is_punctuation(char) or is_cjk(char)
        if alone or char.isspace():
            if current:
                out.append(current)
            current = ""
            if alone:
                out.append(char)
        else:
            current += char
    return out + [current] if current else out


class WordPiece:
    """Greedy longest-match-first pieces of single words."""

    def __init__(self, vocab_path):
        with open(vocab_path, encoding="utf-8") as lines:
            self.pieces = [line.rstrip("\n") for line in lines]
        self.index = {p: i for i, p in enumerate(self.pieces)}
        self.cls, self.sep, self.unk, self.mask = (self.index[p] for p in (CLS, SEP, UNK, MASK))
        self.memory = {}

    def chunk_ids(self, chunk):
        """Piece numbers of one chunk; [UNK] if any part of it is in no piece."""
        out, start = [], 0
        while start < len(chunk):
            end = len(chunk)
            while end > start and ("##" if start else "") + chunk[start:end] not in self.index:
                end -= 1
            if end == start:
                return [self.unk]
            out.append(self.index[("##" if start else "") + chunk[start:end]])
            start = end
        return out

    def word_ids(self, word):
        """Piece numbers of a word: 1 to 8 of them."""
        if word not in self.memory:
            ids = []
            if len(word) <= 100:
                for chunk in chunks(fold(word)):
                    ids += self.chunk_ids(chunk)
            self.memory[word] = ids[:MAX_PIECES_PER_WORD] or [self.unk]
        return self.memory[word]


def case_shape(word):
    """The case shape of a word, 1 to 7 (0 is for [CLS], [SEP], padding). See README.md."""
    if any(unicodedata.category(c) == "Nd" for c in word):
        return 5
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 6
    upper = [c.isupper() for c in letters]
    if not any(upper):
        return 1
    if all(upper):
        return 7 if len(letters) == 1 else 3
    return 2 if upper[0] and not any(upper[1:]) else 4


# ---------------------------------------------------------------- lemma scripts

def title(form):
    """First character as it is in upper case, the rest in lower case."""
    return form[:1].upper() + form[1:].lower()


MODES = {"L": str.lower, "K": str, "T": title}


def lemma_script(form, lemma):
    """The script `mode|cut|suffix` that turns a form into its lemma, cutting least (L, then K, then T on ties)."""
    best = None
    for mode, change in MODES.items():
        base = change(form)
        common = 0
        while common < min(len(base), len(lemma)) and base[common] == lemma[common]:
            common += 1
        if best is None or len(base) - common < best[0]:
            best = (len(base) - common, f"{mode}|{len(base) - common}|{lemma[common:]}")
    return best[1]


def apply_script(form, script):
    """The lemma that a script makes of a form."""
    mode, cut, suffix = script.split("|", 2)
    base = MODES[mode](form)
    return base[:max(0, len(base) - int(cut))] + suffix


# ---------------------------------------------------------------- corpora

def read_conllu(path, skip=NC_DOCUMENTS):
    """Sentences of a CoNLL-U file as dictionaries of columns."""
    sentence, name = new_sentence(), ""
    with open_text(path) as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# sent_id"):
                name = line.split("=", 1)[1].strip()
            elif not line:
                if sentence["words"] and not name.startswith(skip):
                    sentence["id"] = name
                    yield sentence
                sentence = new_sentence()
            elif line[0].isdigit():
                column = line.split("\t")
                if column[0].isdigit():
                    for key, value in zip(("words", "lemmas", "upos", "xpos", "feats"), column[1:6]):
                        sentence[key].append(value)
                    sentence["heads"].append(int(column[6]))
                    sentence["deprel"].append(column[7])
                    sentence["misc"].append(column[9])


def new_sentence():
    """An empty sentence with every column."""
    return {k: [] for k in ("words", "lemmas", "upos", "xpos", "feats", "heads", "deprel", "misc")}


def read_bio(path):
    """Sentences (words, tags) of a two-column file."""
    words, tags = [], []
    with open_text(path) as lines:
        for line in lines:
            line = line.rstrip("\n")
            if not line:
                if words:
                    yield words, tags
                words, tags = [], []
            elif "\t" in line:
                word, tag = line.split("\t")[:2]
                words.append(word)
                tags.append(tag)
    if words:
        yield words, tags


def spans(tags):
    """(start, end, type) of BIO tags; a stray I opens a span."""
    out, start = [], None
    for i, tag in enumerate(list(tags) + ["O"]):
        if start is not None and (tag[0] != "I" or tag[2:] != tags[start][2:]):
            out.append((start, i, tags[start][2:]))
            start = None
        if tag[0] == "B" or (tag[0] == "I" and start is None):
            start = i
    return out


# A name tag of the three-type sets permits these of ours; the loss is the mass of what is permitted.
OUTSIDE = ["O"] + [f"{p}-{t}" for t in ("NORP", "EVENT", "LAW", "MISC") for p in "BI"]


def permitted_names(words, tags, countries):
    """Bit masks over NAMES for a set that knows only PER, LOC, ORG."""
    bit = {n: 1 << i for i, n in enumerate(NAMES)}
    masks = [sum(bit[n] for n in OUTSIDE)] * len(words)
    for start, end, kind in spans(tags):
        surface = " ".join(words[start:end])
        if surface.lower().startswith("the ") and end - start > 1:
            masks[start] = bit["O"] | bit[f"B-{kind}"]
            start, surface = start + 1, surface[4:]
        if surface in countries and kind in ("LOC", "ORG"):
            kinds = ["STATE"]
        else:
            kinds = {"LOC": ["LOC", "FAC"], "ORG": ["ORG"], "PER": ["PER"]}[kind]
        for i in range(start, end):
            masks[i] = sum(bit[("B-" if i == start else "I-") + k] for k in kinds)
    return masks


def tags_of(count, entities):
    """BIO tags of so many words from spans."""
    tags = ["O"] * count
    for start, end, kind in entities:
        for i in range(start, end):
            tags[i] = ("B-" if i == start else "I-") + kind
    return tags


def exact_names(record):
    """Bit masks for a set that knows every type: one bit a word, two where a second opinion differs."""
    words = record["words"]
    masks = [1 << NAMES.index(t) for t in tags_of(len(words), record["entities"])]
    if "second" in record:
        masks = [m | 1 << NAMES.index(t) for m, t in zip(masks, tags_of(len(words), record["second"]))]
    cased = any(c.isupper() for word in words[1:] for c in word[:1])
    write_hand(masks, [h for h in record.get("hand", ()) if cased and (h[2] == "NOT" or words[h[0]][:1].isupper())])
    return masks


def write_hand(masks, hand):
    """What people read, over everything else."""
    for start, end, kind in hand:
        kinds = {"NOT": ("O",), "MISC": ("O", "MISC"), "EVENT": ("O", "EVENT"), "LAW": ("O", "LAW")}.get(kind, (kind,))
        for i in range(start, end):
            masks[i] = bits(kinds, "B" if i == start else "I")


PLACES, THINGS = ("LOC", "FAC", "STATE"), ("PER", "LOC", "FAC", "ORG", "MISC", "EVENT", "LAW")
GUM_TYPES = {"person": ("PER",), "place": PLACES, "organization": ("ORG",), "event": ("EVENT",), "time": ("O",),
             "animal": ("O", "MISC"), "plant": ("O", "MISC"), "substance": ("O", "MISC"), "object": ("MISC", "FAC", "O"),
             "abstract": ("MISC", "LAW", "ORG", "NORP", "O")}


def gum_mentions(misc):
    """Mentions (start, end, type, head) of GUM's entity annotation; the head is the last token of the minimal span."""
    opened, out = {}, []
    for i, cell in enumerate(misc):
        for field in cell.split("|"):
            if not field.startswith("Entity="):
                continue
            for left, body, right in re.findall(r"(\()?([^()]+)(\))?", field[7:]):
                parts = body.split("-")
                if left and len(parts) > 5:
                    opened.setdefault(parts[0], []).append((i, parts[1], parts[5]))
                if right and opened.get(parts[0]):
                    start, kind, least = opened[parts[0]].pop()
                    numbers = [int(n) for n in least.split(",") if n.isdigit()]
                    out.append((start, i + 1, kind, min(i, start + (numbers[-1] if numbers else 1) - 1)))
    return out


def bits(kinds, prefix):
    """Bit mask of some types at the beginning (B) or inside (I) of a name; O is itself."""
    return sum(1 << NAMES.index(k if k == "O" else f"{prefix}-{k}") for k in kinds)


def treebank_names(sentence, record, countries):
    """Bit masks for a treebank sentence: the teacher's spans with types left open, GUM's gold types where it has them.

    Words that are no proper nouns are outside (but for nationalities). Proper nouns the teacher left out are free, unless
    the second opinion leaves them out too: then they are outside or of a kind that the three-type sets do not know."""
    words, upos, second = sentence["words"], sentence["upos"], record.get("second")
    free = (1 << len(NAMES)) - 1
    masks = [outside_mask(w, u, free) for w, u in zip(words, upos)]
    if second is not None:
        inside = {i for s, e, _ in second for i in range(s, e)}
        unnamed = sum(1 << NAMES.index(n) for n in OUTSIDE)
        masks = [m & unnamed if i not in inside else m for i, m in enumerate(masks)]
    gold = {head: kind for _, _, kind, head in sorted(gum_mentions(sentence["misc"]), key=lambda m: m[0] - m[1])}
    for start, end, kind in record["entities"]:
        if "PROPN" not in upos[start:end] and kind != "NORP":
            continue
        kinds = open_types(kind, end - start)
        heads = [gold[i] for i in range(start, end) if i in gold and upos[i] == "PROPN"]
        if heads and kind not in ("STATE", "NORP"):
            kinds = GUM_TYPES.get(heads[-1], kinds)
            kinds = ("LOC", "FAC") if kinds == PLACES else kinds
        for i in range(start, end):
            masks[i] = bits(kinds, "B" if i == start else "I")
    covered = {i for s, e, _ in record["entities"] for i in range(s, e)}
    for head, kind in gold.items():
        if upos[head] == "PROPN" and head not in covered:
            mark_run(masks, upos, covered, head, GUM_TYPES.get(kind, THINGS), words, countries)
    sure = (h for h in record.get("hand", ()) if h[2] in ("NOT", "NORP") or "PROPN" in upos[h[0]:h[1]])
    write_hand(masks, [h for h in sure if not gold.keys() & set(range(h[0], h[1]))])
    return masks


NEVER_NAMES = set("""January February March April May June July August September October November December Monday Tuesday Wednesday Thursday
Friday Saturday Sunday Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sep. Sept. Oct. Nov. Dec. President Minister Prime Mr. Mrs. Ms. Dr. Sir Senator Governor
Ambassador Secretary General Chancellor King Queen Prince Professor Judge Mayor Captain Colonel""".split())


def outside_mask(word, upos, free):
    """What a word outside the teacher's spans may be."""
    if upos == "PROPN":
        return 1 if word in NEVER_NAMES else free
    return 1 | bits(("NORP",), "B") if upos == "ADJ" and word[:1].isupper() else 1


def open_types(kind, length):
    """The types a teacher's span may have: the teacher is sure of states and places, not of organisations."""
    if kind in ("ORG", "MISC", "FAC"):
        return THINGS
    return ("PER", "LOC", "ORG") if kind == "PER" and length == 1 else (kind,)


def mark_run(masks, upos, covered, head, kinds, words, countries):
    """A gold mention the teacher missed: the run of proper nouns around its head."""
    start, end = head, head + 1
    while start and upos[start - 1] == "PROPN" and start - 1 not in covered:
        start -= 1
    while end < len(upos) and upos[end] == "PROPN" and end not in covered:
        end += 1
    if kinds == PLACES:
        kinds = ("STATE",) if " ".join(words[start:end]) in countries else ("LOC", "FAC")
    for i in range(start, end):
        # Where the run may begin with a title, only the head is certain.
        masks[i] = bits(kinds, "B") | bits(kinds, "I") | (1 if i < head else 0)
    if start == head:
        masks[head] = bits(kinds, "B")


# ---------------------------------------------------------------- vocabularies

def build_labels(sentences):
    """Label lists, most frequent first; rare feature bundles, scripts and relations are left out."""
    counts = {k: Counter() for k in ("upos", "xpos", "feats", "lemma", "deprel")}
    for s in sentences:
        for key in ("upos", "xpos", "feats", "deprel"):
            counts[key].update(s[key])
        counts["lemma"].update(lemma_script(f, l) for f, l in zip(s["words"], s["lemmas"]))
    floor = {"upos": 1, "xpos": 2, "feats": 2, "lemma": 4, "deprel": 2}
    labels = {k: [v for v, n in c.most_common() if n >= floor[k]] for k, c in counts.items()}
    labels["names"] = NAMES
    return labels


def build_lexicon(sentences, least=2, share=0.9, frequent=6):
    """(form, upos) -> lemma for irregular or frequent words whose lemma is all but certain."""
    seen = {}
    for s in sentences:
        for form, upos, lemma in zip(s["words"], s["upos"], s["lemmas"]):
            if lemma != "_" and upos not in ("PUNCT", "NUM", "SYM", "X"):
                seen.setdefault((form.lower() if upos != "PROPN" else form, upos), Counter())[lemma] += 1
    regular = {"L|0|", "K|0|", "L|1|", "L|2|"}
    lexicon = {}
    for (form, upos), lemmas in seen.items():
        lemma, count = lemmas.most_common(1)[0]
        total = sum(lemmas.values())
        if count >= least and count / total >= share:
            if lemma_script(form, lemma) not in regular or total >= frequent:
                lexicon[form, upos] = lemma
    return lexicon


def encode(words, wordpiece):
    """Piece numbers, shapes, first and last piece of each word; long sentences lose their tail."""
    pieces, shapes, first, last = [wordpiece.cls], [0], [], []
    for word in words:
        ids = wordpiece.word_ids(word)
        if len(pieces) + len(ids) >= MAX_PIECES:
            break
        first.append(len(pieces))
        pieces += ids
        shapes += [case_shape(word)] * len(ids)
        last.append(len(pieces) - 1)
    return {"pieces": pieces + [wordpiece.sep], "shapes": shapes + [0], "first": first, "last": last}


def encode_tree(sentence, wordpiece, index):
    """A sentence of a treebank as numbers; -1 where a label is unknown."""
    item = encode(sentence["words"], wordpiece)
    n = len(item["first"])
    for key in ("upos", "xpos", "feats", "deprel"):
        item[key] = [index[key].get(v, -1) for v in sentence[key][:n]]
    scripts = (lemma_script(f, l) for f, l in zip(sentence["words"], sentence["lemmas"]))
    item["lemma"] = [index["lemma"].get(s, -1) for s in scripts][:n]
    item["heads"] = [h if h <= n else -1 for h in sentence["heads"][:n]]
    return item


def read_silver(path):
    """Corrected silver sentences."""
    with open_text(path) as lines:
        for line in lines:
            yield json.loads(line)
