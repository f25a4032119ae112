"""An error that a learner's code raised: its name, and a question that leads on from it."""

import re

KINDS = [  # the error's class, what its text holds, what it is called, a question
    (
        NameError,
        "before assignment|not associated with a value|where it is not",
        "A name that has no value yet",
        "Which line gives it its first value, and is that line run before this one?",
    ),
    (
        NameError,
        "",
        "A name without a value",
        "Is that name one of the arguments, or is it NumPy's and wants `np.` before it?",
    ),
    (
        Exception,
        "builtin_function_or_method|'function' (object|and)|and 'function'|'method'",
        "Brackets are missing",
        "Which function in that line has only its name there? Brackets behind it call it.",
    ),
    (AttributeError, "module 'numpy'", "A name that NumPy does not have", "How is it spelt in the lesson?"),
    (
        AttributeError,
        "'numpy.ndarray' object",
        "A name that arrays do not have",
        "Is it a function of the array, or one of NumPy's that wants `np.` before it?",
    ),
    (Exception, "'NoneType'", "None where something else is needed", "Which call or name in that line gives None?"),
    (
        TypeError,
        "operand.*'dict'",
        "Arithmetic with a whole dict",
        "Which array of the dict is meant? Its name in square brackets picks it.",
    ),
    (
        TypeError,
        "operand.*'list'|multiply sequence|concatenate list",
        "Arithmetic with a list",
        "Which function of NumPy makes an array of a list?",
    ),
    (
        TypeError,
        "operand.*'tuple'|concatenate tuple",
        "Arithmetic with several results at once",
        "Which of the results is meant, and which name does it have?",
    ),
    (
        TypeError,
        "object is not callable",
        "Something is called that is not a function",
        "Which brackets stand there? Round ones call a function, square ones take an entry.",
    ),
    (
        TypeError,
        "unexpected keyword argument",
        "An argument of an unknown name",
        "Does the function have an argument of that name, or was a comparison meant, `==`?",
    ),
    (
        TypeError,
        "object is not iterable",
        "A loop over a single thing",
        "What should the loop go through, and how many things does that hold?",
    ),
    (
        TypeError,
        "data type",
        "The shape needs brackets of its own",
        "Does the shape stand in brackets of its own, as in `np.zeros((rows, columns))`?",
    ),
    (
        TypeError,
        "Cannot cast ufunc",
        "Decimal numbers written into whole ones",
        "What type is the array that is written into, and what type are the numbers that are written?",
    ),
    (
        TypeError,
        "integer scalar arrays|indices must be integers",
        "An index that is not a whole number",
        "What type is the index?",
    ),
    (
        ValueError,
        "truth value of an array",
        "Asked once for the whole array",
        "`if` asks about one number: which operation asks every entry of an array?",
    ),
    (
        ValueError,
        "both or neither",
        "`np.where` lacks a part",
        "Does `np.where` have all three: the condition, what to take where it holds, and what to take elsewhere?",
    ),
    (
        ValueError,
        "matmul",
        "Shapes that do not fit",
        "Which shapes meet in that line, and which of the two would fit if it were transposed?",
    ),
    (
        Exception,
        "indexing arrays could not be broadcast",
        "Lists of indices of different lengths",
        "How many entries does each of the two have in this case?",
    ),
    (
        ValueError,
        "broadcast",
        "Shapes that do not fit",
        "Which two shapes meet in that line? Broadcasting compares them from the last axis.",
    ),
    (
        ValueError,
        "not aligned|match for concatenation|all input arrays must have",
        "Shapes that do not fit",
        "Which shapes meet in that line?",
    ),
    (ValueError, "cannot reshape", "Sizes that do not fit", "How many numbers are there, and how many do these sizes ask for?"),
    (ValueError, "to unpack", "Not as many values as names", "How many values come there, and how many names wait for them?"),
    (
        ValueError,
        "array element with a sequence",
        "An array where one number belongs",
        "What is written there, and how many numbers fit into the place?",
    ),
    (
        ValueError,
        "empty sequence|iterable argument is empty|zero-size array",
        "A step on an empty array or list",
        "For which arguments is nothing left there?",
    ),
    (ZeroDivisionError, "", "Divided by 0", "What is divided by 0 there, and for which argument does that happen?"),
    (KeyError, "", "A name that is not in the dict", "Which names does that dict have? `list(NAME_OF_THE_DICT)` shows them."),
    (
        IndexError,
        "out of bounds|out of range",
        "An index beyond the end",
        "How many entries are there along each axis, and which place was asked for?",
    ),
    (
        IndexError,
        "too many indices|invalid index to scalar",
        "More indices than axes",
        "How many axes does the array before the square brackets have?",
    ),
]


def kind_of(error):
    """Return the name of a kind of error, or None, and a question that leads on."""
    for kind, text, title, question in KINDS:
        if isinstance(error, kind) and re.search(text, str(error)):
            return title, question
    return None, "What is the type and the shape of everything in that line?"


def said(error):
    """Return what an error says, in the words of the course where NumPy's are hard to read."""
    sizes = re.search(r"matmul: .*\(size (\d+) is different from (\d+)\)", str(error))
    if sizes:
        return f"`@` does not fit: the last size of the first is {sizes[2]}, the first size of the second is {sizes[1]}."
    return str(error)[:300]


def about_a_class(thing, error, where):
    """A question that leads on from an error of a class, or nothing; ``where`` is empty if the check itself made the call."""
    text = str(error)
    its_own = text.startswith(f"{getattr(thing, '__qualname__', '')}.")
    if isinstance(error, TypeError) and "() takes no arguments" in text:
        return "Is it called `__init__`, with two underscores on each side?"
    if isinstance(error, TypeError) and "__init__() should return None" in text:
        return "`__init__` fills an object that is there already. Which line of it returns something?"
    if isinstance(error, TypeError) and "missing" in text and "positional argument" in text and its_own and not where:
        return "Which arguments does the exercise give this method?"
    if isinstance(error, TypeError) and "missing" in text and "positional argument" in text:
        return "Was that called on an object, or on the class? A class followed by brackets makes an object."
    if isinstance(error, TypeError) and "positional argument" in text:
        return "Does every method have `self` as its first parameter, and the names of the exercise behind it?"
    if isinstance(error, AttributeError) and "object has no attribute" in text:
        return "Which line should make that attribute, as `self.NAME = …` or as a method, and is it run before this one?"
    if isinstance(error, NameError):
        return "What one method knows, another does not. Is that name an argument of this method, or should it be `self.NAME`?"
    return ""
