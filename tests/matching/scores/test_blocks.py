import numpy as np

from marketplace.matching.scores.blocks import BLOCK, LIMIT, PRICE, Blocks
from marketplace.matching.scores.index import MatchIndex
from tests.matching.scores.catalogue import WEIGHTS
from tests.matching.scores.worlds import make_profile, make_profiles, seeded


def block_holds(blocks, rows, place):
    row, block = rows[place], place // BLOCK
    at = np.array([row[axis] for axis in "xyz"])
    side = int(row["side"])
    most = blocks.most[block, 4 * side :]
    return (
        (blocks.boxes[block, :3] <= at).all()
        and (at <= blocks.boxes[block, 3:]).all()
        and most[LIMIT] >= row["limit"]
        and most[PRICE] >= row["shown_price"]
        and not row["need_kinds"] & ~blocks.kinds[block, 2 * side]
        and not row["give_kinds"] & ~blocks.kinds[block, 2 * side + 1]
    )


def test_blocks_hold_their_rows_whatever_is_changed():
    dice = seeded(4)
    index = MatchIndex(make_profiles(dice, 600), WEIGHTS)
    for number in dice.sample(range(1, 620), 60):
        index.put(make_profile(dice, number))

    assert all(
        block_holds(index.blocks, index.rows, place) for place in range(len(index.rows))
    )
    fresh = Blocks(index.rows, len(index.rows))
    assert (fresh.boxes[:, 3:] <= index.blocks.boxes[: len(fresh.boxes), 3:]).all()


def test_rows_of_a_block_lie_together():
    index = MatchIndex(make_profiles(seeded(5), 2_000), WEIGHTS)

    blocks = index.blocks
    used = len(index.rows) // BLOCK
    sizes = (blocks.boxes[:used, 3:] - blocks.boxes[:used, :3]).max(axis=1)
    whole = max(np.ptp(index.rows[axis]) for axis in "xyz")
    assert np.median(sizes) < 0.75 * whole


def test_sides_do_not_mix():
    index = MatchIndex(make_profiles(seeded(6), 500), WEIGHTS)

    assert index.rows["side"].tolist() == sorted(index.rows["side"].tolist())
