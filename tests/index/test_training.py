"""The training program: its parts, and a whole run on a handful of pairs."""

import gzip
import json
import random
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from index.embeddings import OnnxEmbeddings, StaticEmbeddings, load_embedder
from index.errors import ModelError
from index.training import average, student
from index.training.__main__ import main
from index.training.data import Pair, is_validation, load_corpus
from index.training.deals import deal_pairs, genitive, invented_name
from index.training.export import quantise
from index.training.features import feature_names, make_features
from index.training.mixture import Group, batches, surroundings, windows
from index.training.phonetics import bengali_sound, latin_sounds, skeleton, sounds
from index.training.romanise import Romaniser, is_loanword, make_romaniser
from index.training.trainer import Drop, LazyAdam, contrastive_loss, equal_texts
from index.training.validation import ndcg_10, top_1
from index.training.vocabulary import coarser, make_tokenizer

BENGALI = st.text(st.sampled_from("কখগচজটতদনপবমরলসহািীুেো্ৎংঁয়ড়ক্ষ০৯ ।"), max_size=30)


@pytest.mark.parametrize(
    ("bengali", "latin"),
    [
        pytest.param("চুক্তি", "chukti", id="deal"),
        pytest.param("চুক্তি", "cukti", id="deal_with_c"),
        pytest.param("বিনিয়োগ", "biniyog", id="investment"),
        pytest.param("কোম্পানি", "company", id="loanword"),
        pytest.param("এজেন্ট", "agent", id="agent_consonants"),
    ],
)
def test_scripts_share_a_sound(bengali: str, latin: str) -> None:
    """A word in Bengali and as it is typed share a consonant key, most also the whole sound."""
    assert skeleton(bengali_sound(bengali)).lstrip("_") in {
        skeleton(key).lstrip("_").replace("g", "j") for key in latin_sounds(latin)
    } | {skeleton(key).lstrip("_") for key in latin_sounds(latin)}


def test_figures_have_no_sound() -> None:
    """Numbers and signs have neither sound nor shared features, so that 2025 and 2026 stay apart."""
    assert sounds("2025") == ()
    assert feature_names("2025") == []
    assert feature_names("$") == []


def test_features_are_shared_across_scripts() -> None:
    """চুক্তি and chukti share feature rows; every token has its own row first."""
    features = make_features(["চুক্তি", "chukti", "2025"])
    ids, weights, offsets = features.of(np.array([0, 1, 2]))
    bengali, latin = set(ids[: offsets[1]].tolist()), set(ids[offsets[1] : offsets[2]].tolist())
    assert bengali & latin
    assert [ids[offset] for offset in offsets] == [0, 1, 2]
    assert weights[0] == 1.0
    assert len(ids[offsets[2] :]) == 1


def test_romaniser_spells_anew() -> None:
    """One word gets several spellings; digits stay digits; nothing Bengali is left."""
    romaniser = Romaniser({}, {}, seed=1)
    spellings = {romaniser.word("চুক্তি") for _ in range(50)}
    assert {"chukti", "cukti"} <= spellings
    assert "38" in romaniser.text("৩৮ বিলিয়ন ডলার")


@given(text=BENGALI)
def test_romaniser_leaves_nothing_bengali(text: str) -> None:
    """Any Bengali text becomes Latin."""
    assert not any("\u0980" <= sign <= "\u09ff" for sign in Romaniser({}, {}, seed=2).text(text))


def test_romaniser_learns_from_pairs() -> None:
    """Attested spellings and English spellings of loanwords are used; a false friend is not."""
    pairs = [Pair("kmon", "কেমন", "translit_x"), Pair("update", "আপডেট", "cldr"), Pair("river", "নদী", "cldr")]
    romaniser = make_romaniser(pairs, seed=1)
    assert "kmon" in {romaniser.word("কেমন") for _ in range(30)}
    assert "update" in {romaniser.word("আপডেট") for _ in range(30)}
    assert is_loanword("update", "আপডেট")
    assert not is_loanword("river", "নদী")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("গুগল", "গুগলের", id="consonant"),
        pytest.param("মেটা", "মেটার", id="vowel_sign"),
        pytest.param("ওপেনএআই", "ওপেনএআইয়ের", id="vowel_letter"),
    ],
)
def test_genitive(name: str, expected: str) -> None:
    """Names take the ending that their last sign asks for."""
    assert genitive(name) == expected


def test_invented_deals_are_many_and_repeatable() -> None:
    """The seed fixes the pairs; all three scripts occur; no placeholder is left."""
    first, again, other = deal_pairs(300, 1), deal_pairs(300, 1), deal_pairs(300, 2)
    assert first == again != other
    assert len(first.written) == 200
    assert len(first.typed) == 100
    assert not any("{" in pair.left + pair.right for pair in (*first.written, *first.typed))
    english, bengali = invented_name(random.Random(3))
    assert english.isascii()
    assert not bengali.isascii()


def test_contrastive_loss_ignores_equal_pairs() -> None:
    """A second row with the same meaning is no negative; without the mask it costs."""
    vectors = torch.nn.functional.normalize(torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]), dim=1)
    mask = equal_texts(["a", "a", "c"], ["x", "y", "z"])
    none = torch.zeros((3, 3), dtype=torch.bool)
    assert contrastive_loss(vectors, vectors, mask, 20.0) < contrastive_loss(vectors, vectors, none, 20.0)
    assert mask[0, 1]
    assert not mask[0, 2]


def test_lazy_adam_moves_only_the_rows_it_is_given() -> None:
    """Rows without a gradient stay, the others go against it."""
    table = torch.zeros((3, 2))
    LazyAdam(table).update(torch.tensor([1]), torch.tensor([[1.0, -1.0]]), 0.1)
    torch.testing.assert_close(table, torch.tensor([[0.0, 0.0], [-0.1, 0.1], [0.0, 0.0]]))


def test_drop_spares_short_texts() -> None:
    """Short texts stay whole, and no text is emptied."""
    assert Drop(1.0, 1)([1, 2]) == [1, 2]
    assert Drop(1.0, 1)(list(range(9))) == list(range(9))
    assert len(Drop(0.5, 1)(list(range(100)))) < 80


def test_eight_bits_are_enough() -> None:
    """Rows come back within half a level; a row of zeros stays zero."""
    table = np.random.default_rng(1).standard_normal((20, 16)).astype(np.float32)
    table[3] = 0
    rows, scales = quantise(table)
    assert np.abs(rows * scales[:, None] - table).max() <= scales.max() / 2 + 1e-6
    assert not rows[3].any()


def test_measures() -> None:
    """Own neighbour first is 100; the right passage second is 1 / log2(3)."""
    same = np.eye(4, dtype=np.float32)
    assert top_1(same, same) == 100
    assert ndcg_10(same, np.roll(same, 1, axis=0)) < 100
    queries, passages = np.array([[1.0, 0.0]]), np.array([[0.5, 0.0], [1.0, 0.0]])
    assert ndcg_10(np.repeat(queries, 2, axis=0).astype(np.float32), passages.astype(np.float32)) == pytest.approx(
        50 * (1 + 1 / np.log2(3))
    )


def test_tokenizer_folds_and_keeps_words() -> None:
    """Case, digits and joiners are folded; frequent words are whole; an unseen word is cut into pieces, not lost."""
    tokenizer = make_tokenizer([("Deal চুক্তি chukti 2025 abcdefgh", 9)], words=200, pieces=100)
    assert tokenizer.encode("DEAL").tokens == ["deal"]
    assert tokenizer.encode("চুক্তি, ২০২৫!").tokens == ["চুক্তি", "2025"]
    assert len(tokenizer.encode("hgfed").tokens) > 1
    pieces = coarser(tokenizer, 1).encode("deal")
    assert len(pieces.tokens) > 1
    assert [tokenizer.token_to_id(token) for token in pieces.tokens] == pieces.ids


def test_blocks_keep_neighbours_together() -> None:
    """A group in order is also drawn in runs; no pair stands twice in a batch."""
    pairs = tuple(Pair(str(number), str(number), "x") for number in range(200))
    group = Group("g", pairs, 1.0, 64, lambda pair: (pair.left, pair.right), blocks=0.5)
    drawn = [[int(text) for text in left] for _, left, _ in batches([group], 20, seed=1)]
    assert all(len(set(batch)) == len(batch) for batch in drawn)
    assert any(sum(b - a == 1 for a, b in pairwise(batch)) > 50 for batch in drawn)


def test_windows_hold_the_answer() -> None:
    """A passage made of neighbouring sentences contains the row's own sentence."""
    rows = [Pair(f"q{number}", f"sentence {number}.", "squad_sentence") for number in range(9)]
    assert all(row.right in longer.right for row, longer in zip(rows, windows(rows), strict=True))


def test_surroundings_are_of_the_same_text() -> None:
    """A sentence stands with its neighbours of the same set, in three combinations of the languages."""
    rows = [Pair(f"english {number}", f"বাংলা {number}", "msdocs" if number < 8 else "react_docs") for number in range(16)]
    found = surroundings(rows)
    assert len(found) == 12
    assert {(pair.left.isascii(), pair.right.isascii()) for pair in found} == {(False, False), (False, True), (True, False)}
    for pair in found:
        here = int(pair.left.split()[1])
        near = {int(word) for word in pair.right.split() if word.isascii() and word.isdigit()}
        assert near - {here} and near <= set(range(here - 2, here + 3))
        assert len({number < 8 for number in near}) == 1


def test_a_run_from_files_to_a_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One command trains on a folder, writes a model that loads, and says what it measured; the seed fixes the weights."""
    data = _folder(tmp_path / "data")
    for out in ("one", "two"):
        main(
            f"--data {data} --out {tmp_path / out} --cache {tmp_path / (out + '-cache')} --no-teacher --steps 12 --report 6 "
            "--words 1500 --pieces 800 --dimension 16 --deals 60 --threads 1".split()
        )
    assert "mean" in capsys.readouterr().out
    first, second = StaticEmbeddings(tmp_path / "one"), StaticEmbeddings(tmp_path / "two")
    assert first.dimension == 16
    assert first.stamp == second.stamp


def test_runs_in_another_order_are_averaged(tmp_path: Path) -> None:
    """Another order gives other weights for the same tokenizer; the mean of two models is their rows' mean."""
    data = _folder(tmp_path / "data")
    for order in (1, 2):
        main(
            f"--data {data} --out {tmp_path / str(order)} --cache {tmp_path / 'cache'} --no-teacher --steps 6 --report 6 "
            f"--words 900 --pieces 500 --dimension 16 --deals 30 --threads 1 --order {order}".split()
        )
    average.main([str(tmp_path / "1"), str(tmp_path / "2"), "--out", str(tmp_path / "mean")])
    one, two, mean = (average.read_table(tmp_path / name) for name in ("1", "2", "mean"))
    assert (one != two).any()
    np.testing.assert_allclose(mean, (one + two) / 2, atol=np.abs(mean).max() / 127)
    tokenizer = tmp_path / "2" / "tokenizer.json"
    tokenizer.write_text(tokenizer.read_text() + "\n")
    with pytest.raises(ValueError, match="one --seed"):
        average.average([tmp_path / "1", tmp_path / "2"], tmp_path / "mean")


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")  # torch's and onnxruntime's, while exporting
def test_a_transformer_student_from_files_to_onnx(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A few steps of a tiny student give an 8-bit ONNX folder that the setting's loader runs, on any text."""
    pytest.importorskip("onnx", reason="only the student's export needs onnx")
    student.main(
        f"--data {_folder(tmp_path / 'data')} --out {tmp_path / 'student'} --cache {tmp_path / 'cache'} --steps 4 --report 2 "
        "--words 900 --pieces 500 --deals 30 --layers 2 --width 16 --heads 2 --length 16 --batch 8 --taught 0".split()
    )
    assert "mean" in capsys.readouterr().out
    model = load_embedder(str(tmp_path / "student"))
    assert isinstance(model, OnnxEmbeddings)
    vectors = model.encode(["the river", "", "নদী " * 40])
    assert vectors.shape == (3, 16)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 0, 1], atol=1e-3)
    assert model.embed_query("the river") == pytest.approx(model.embed_documents(["the river"])[0], abs=1e-5)
    (tmp_path / "student" / "model.onnx").write_bytes(b"damaged")
    with pytest.raises(ModelError, match="CHUKTI_EMBEDDING"):
        load_embedder(str(tmp_path / "student"))


def test_a_student_is_likened_to_its_teacher() -> None:
    """Cosines as the teacher's cost nothing, others do; texts that the teacher has not read do not count."""
    first = torch.nn.functional.normalize(torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]), dim=1)
    known = {"a": torch.tensor([0.0, 1.0, 0.0]), "b": torch.tensor([1.0, 0.0, 0.0])}
    assert student.unlikeness(first, first, ["a", "b", "c"], known).item() == pytest.approx(0.0)
    assert student.unlikeness(first, first[[0, 0, 0]], ["a", "b", "c"], known).item() > 0.1
    assert student.unlikeness(first, first, ["a", "x", "y"], known).item() == 0.0


def test_the_split_and_the_licences(tmp_path: Path) -> None:
    """Validation rows are never trained on, and --permissive leaves restricted sets out."""
    folder = _folder(tmp_path / "data")
    corpus = load_corpus(folder)
    assert not {pair.right for pair in corpus.training} & {pair.right for pair in corpus.validation}
    assert all(is_validation(pair) for pair in corpus.validation)
    assert "dolibarr" in {pair.source for pair in corpus.training}
    assert "dolibarr" not in {pair.source for pair in load_corpus(folder, permissive=True).training}


def _folder(folder: Path) -> Path:
    """Write the three files of the parallel text with a few dozen rows each."""
    folder.mkdir()
    subjects = {"river": "নদী", "bank": "ব্যাংক", "company": "কোম্পানি", "farmer": "কৃষক", "teacher": "শিক্ষক", "child": "শিশু"}
    verbs = {"sees": "দেখে", "finds": "খুঁজে পায়", "buys": "কেনে", "sells": "বেচে", "likes": "পছন্দ করে", "knows": "চেনে"}
    rows = []
    for place, ((one, eka), (two, dui)) in enumerate((a, b) for a in subjects.items() for b in subjects.items()):
        verb, kore = list(verbs.items())[place % len(verbs)]
        source = ("tatoeba_manythings", "msdocs", "dolibarr", "tico19")[place % 4]
        rows.append(f"the {one} {verb} the {two}\t{eka} {dui}কে {kore}\t{source}")
    rows += [f"{english}\t{bengali}\tcldr" for english, bengali in subjects.items()]
    rows += ["nodi\tনদী\ttranslit_dakshina_lex", "krishok nodi dekhe\tকৃষক নদী দেখে\tbanglish_tlit"]
    asked = [(f"who {verb} the river?", f"the {one} {verb} the river.") for one in subjects for verb in verbs]
    questions = [{"query": query, "passage": text, "language": "en", "set": "squad_sentence"} for query, text in asked]
    _zip(folder / "train_pairs.tsv.gz", rows)
    _zip(folder / "retrieval_pairs.jsonl.gz", [json.dumps(row) for row in questions])
    _zip(folder / "bn_wikipedia_lines.txt.gz", ["নদীর তীরে কৃষক থাকে।"])
    return folder


def _zip(path: Path, lines: list[str]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.write("\n".join(lines) + "\n")
