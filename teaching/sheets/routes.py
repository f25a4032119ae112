"""Routes through the course. A meeting is a list of lessons: "04 core", "04 all", or a lesson with names of its sections."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Route:
    """Meetings, and how many minutes there are for each."""

    title: str
    lengths: list
    words: str
    meetings: list


ROUTES = [
    Route(
        "Four hours",
        [65, 79, 55, 41],
        "From pixels to a network that learns, in one afternoon, with three breaks on top. The gradients of the hidden layer are "
        "taken on trust: say that they are the slopes of 05, found by the chain rule, and that a nudge confirms them. Of 08, "
        "section 2 becomes one sentence: the first weights are random, because units that start equal stay equal.",
        [
            ["01 core", "02 core"],
            ["03 core", "04 core"],
            ["05 core"],
            ["08 beginning 1 3 4 5"],
        ],
    ),
    Route(
        "Six lessons of 45 minutes",
        [45] * 6,
        "At home after the fifth: 06, and 07 for those who like derivations. The others take the gradients of 08 on trust.",
        [
            ["01 core"],
            ["02 core", "03 beginning 1"],
            ["03 2 3 5 6 7 8 end", "04 beginning 1 2"],
            ["04 3 4 5 7 end", "05 beginning 1"],
            ["05 2 3 4 5 6 end"],
            ["08 beginning 1 3 4 5"],
        ],
    ),
    Route(
        "A semester of 14 weeks",
        [90] * 14,
        "One meeting of 90 minutes a week. Exercises at home and starred ones are the homework; begin each meeting with the "
        "board of what came back. Weeks 3 and 9 have room for the blank page or an exam. Of Part 4, 17 goes with a project "
        "(its sections 6 and 8 say what the best of many trials is worth); 18 to 20 suit those who want more.",
        [
            ["00 all", "01 all"],
            ["02 all", "03 all"],
            ["04 all"],
            ["05 all"],
            ["06 all"],
            ["07 all"],
            ["08 all"],
            ["09 all"],
            ["10 all"],
            ["11 all"],
            ["12 core", "13 core"],
            ["14 all"],
            ["15 all"],
            ["16 all"],
        ],
    ),
    Route(
        "A workshop of two days",
        [75] * 8,
        "Four blocks of 75 minutes a day. The first day ends with ten neurons that have learned, the second with bugs.",
        [
            ["00 core", "01 core"],
            ["02 core", "03 core"],
            ["04 all"],
            ["05 core"],
            ["06 core"],
            ["07 core"],
            ["08 core"],
            ["09 core", "10 core"],
        ],
    ),
    Route(
        "Part 4, in four meetings",
        [75] * 4,
        "For a class that has finished Part 3, or beside a project. 17 comes before 19, which uses its idea that the best of "
        "many is flattered; 18 and 20 stand by themselves, and 20 needs no more than 06, 07 and 11.",
        [
            ["17 all"],
            ["18 all"],
            ["19 all"],
            ["20 all"],
        ],
    ),
]
