from marketplace.matching.clearing.lottery import (
    commit_hash,
    final_seed,
    lot_of,
    lot_ranks,
)

SEED = bytes(range(32))
COMMIT = "796373f4440e64ac9bf30473f9d8c610274aa516f149c71e4bb2642e15589479"


def test_commit_binds_seed_round_and_rule():
    assert commit_hash(SEED, "R7", "rule-1") == COMMIT


def test_lots_can_be_computed_by_everybody():
    codes = ["A1", "B2", "C3"]

    assert [lot_of(SEED, "R7", code) for code in codes] == [
        18381130075460594534,
        107679447039211361,
        18327515257886619578,
    ]
    assert lot_ranks(SEED, "R7", codes).tolist() == [3, 1, 2]


def test_beacon_changes_the_draw():
    assert final_seed(SEED) == SEED
    assert final_seed(SEED, b"1 5 9") != SEED
    assert final_seed(SEED, b"1 5 9") == final_seed(SEED, b"1 5 9")
