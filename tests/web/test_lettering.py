import pytest

from marketplace.web.lettering import Box, Lettered, Name, lettered

ROOM = Box(0, 0, 400, 400)
LEIPZIG = Name("Leipzig", 200, 200)


def test_a_name_stands_to_the_right_of_its_dot():
    assert lettered([LEIPZIG], room=ROOM) == [Lettered(LEIPZIG, 6.0)]


def test_a_name_at_the_right_edge_stands_to_the_left():
    name = Name("Görlitz", 390, 200)

    assert lettered([name], room=ROOM) == [Lettered(name, -6.0)]


def test_a_name_under_a_sign_moves_beside_it():
    found = lettered([LEIPZIG], room=ROOM, signs=[(200, 200)])

    assert found == [Lettered(LEIPZIG, 23.0)]


def test_of_two_names_that_collide_the_first_stays_where_it_is():
    near = Name("Markkleeberg", 203, 203)

    assert lettered([LEIPZIG, near], room=ROOM) == [
        Lettered(LEIPZIG, 6.0),
        Lettered(near, -6.0),
    ]


@pytest.mark.parametrize(("height", "line"), [(200, 216.0), (398, 382.0)])
def test_who_stands_where_another_does_takes_the_next_line(height, line):
    lab, firm = Name("Labor", 390, height), Name("Optik", 388, height)

    assert lettered([lab, firm], room=ROOM) == [
        Lettered(lab, -6.0),
        Lettered(Name("Optik", 388, line), -6.0),
    ]


@pytest.mark.parametrize("name", [Name("Hof", -5, 200), Name("Celle", 200, 3)])
def test_a_name_without_room_is_left_out(name):
    assert lettered([name], room=ROOM) == []


@pytest.mark.parametrize(
    ("signs", "place"),
    [
        ([(200, 200), (225, 200), (175, 200)], (232.0, 0)),
        ([(200, 200), *((x, 203) for x in range(0, 401, 20))], (184.0, 6.0)),
    ],
)
def test_a_name_between_signs_stands_above_or_below_its_town(signs, place):
    [found] = lettered([LEIPZIG], room=ROOM, signs=signs)

    assert (found.name.y, found.offset) == place


def test_around_a_name_without_room_no_smaller_town_is_named():
    signs = [(x, y) for x in range(100, 301, 20) for y in range(140, 261, 20)]
    near, far = Name("Taucha", 245, 255), Name("Riesa", 320, 200)

    assert lettered([LEIPZIG, near, far], room=ROOM, signs=signs) == [
        Lettered(far, 6.0),
    ]
    assert lettered([near], room=ROOM, signs=signs) != []


def test_a_name_among_signs_is_left_out():
    signs = [(x, y) for x in range(0, 401, 20) for y in range(140, 261, 20)]

    assert lettered([LEIPZIG], room=ROOM, signs=signs) == []
