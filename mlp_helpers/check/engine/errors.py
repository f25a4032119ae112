"""An error that a learner's code raised: its name, and a question that leads on from it."""

import re

import numpy as np

from .naming import nearest

KINDS = [  # the error's class, what its text holds, what it is called, a question
    (NameError, "before assignment|not associated with a value|where it is not", "A name that has no value yet",
     "Which line gives it its first value, and is that line run before this one?"),
    (NameError, "", "A name without a value", "Is that name one of the arguments, or one of NumPy's that needs `np.` before it?"),
    (SyntaxError, "", "Python cannot read it",
     "Which bracket, colon or quotation mark is missing, or which line is indented wrongly?"),
    (ImportError, "", "A module that is not there", "Is its name spelt like that? For the exercises NumPy is enough."),
    (TypeError, "(function|method).* is not subscriptable", "Square brackets after a function",
     "Round brackets call a function, square ones take an entry: which of the two is meant?"),
    (Exception, "builtin_function_or_method|'function' (object|and)|and 'function'|'method'", "Brackets are missing",
     "Which function in that line has no brackets after its name? Brackets call it."),
    (AttributeError, "module 'numpy'", "A name that NumPy does not have", "How is it spelt in the lesson?"),
    (AttributeError, "'numpy.ndarray' object", "A name that arrays do not have",
     "Is it a function of the array, or one of NumPy's that needs `np.` before it?"),
    (Exception, "'?NoneType'?", "None where something else is needed", "Which call or name in that line gives None?"),
    (AttributeError, "'(list|tuple|range)' object has no attribute", "Not an array yet",
     "Which function of NumPy makes an array out of it?"),
    (AttributeError, r"'(int|float|bool|str|dict|set|numpy\.\w+)' object has no attribute", "A name that it does not have",
     "What stands before the dot, and of what type is it in this case?"),
    (TypeError, "operand.*'dict'", "Arithmetic with a whole dict",
     "Which array of the dict is meant? Its name in square brackets picks it."),
    (TypeError, "operand.*'str'|concatenate str", "Arithmetic with a text",
     "Which of the two is a text, and where does it come from?"),
    (TypeError, "multiply sequence", "Arithmetic with a list, a tuple or a text",
     "Which function of NumPy makes an array out of it?"),
    (TypeError, "operand.*'list'|concatenate list", "Arithmetic with a list",
     "Which function of NumPy makes an array out of a list?"),
    (TypeError, "operand.*'tuple'|concatenate tuple", "Arithmetic with several results at once",
     "Which of the results is meant, and what is its name?"),
    (TypeError, r"operand.*'(generator|range|map|zip|enumerate|filter|dict_\w+)'", "Arithmetic with what has not been made yet",
     "What makes a list or an array out of it?"),
    (TypeError, "not supported between instances", "A comparison of two types that have no order",
     "What type is each of the two sides?"),
    (TypeError, "numpy boolean (subtract|negative)", "A minus before True and False",
     "Which step turns True and False into numbers, or into each other?"),
    (TypeError, "object is not callable", "What is called is not a function",
     "Which brackets stand there? Round ones call a function, square ones take an entry."),
    (TypeError, "unexpected keyword argument|invalid keyword argument", "An argument of an unknown name",
     "Does the function have an argument of that name, or was a comparison meant, `==`?"),
    (TypeError, "missing .*argument", "An argument is missing",
     "Which arguments does the function called there need, and which of them were given?"),
    (TypeError, "multiple values for", "One argument was given twice",
     "Which value comes by its place in the brackets, and which by its name?"),
    (TypeError, r"takes .*argument|expected .*\d argument|return arrays must be of ArrayType", "The wrong number of arguments",
     "How many arguments does the function called there take, and how many were given?"),
    (TypeError, "cannot unpack non-iterable", "One thing for several names",
     "What stands on the right of `=` or after `in`, and how many names wait for it?"),
    (TypeError, "not iterable|iteration over a 0-d array", "A loop over a single thing",
     "What should the loop go through, and how many things does that hold?"),
    (TypeError, r"has no len\(\)|len\(\) of unsized", "The length of a single thing", "What stands in the brackets of `len`?"),
    (TypeError, "object is not subscriptable|not support indexing", "An entry of a single thing",
     "What stands before the square brackets, and does it hold several things?"),
    (TypeError, "not support item (assignment|deletion)", "Written into what cannot be changed",
     "What stands before the square brackets, and of what type is it?"),
    (TypeError, "unhashable type|must be hashable", "An array, a list or a dict where a name is needed",
     "What is to be the name of the entry? A text or a number can be one."),
    (TypeError, "data type", "A number where a type belongs",
     "Does the shape stand in brackets of its own, as in `np.zeros((rows, columns))`?"),
    (TypeError, r"Cannot cast ufunc .* from dtype\('float\d*'\) to dtype\('u?int", "Decimal numbers written into whole ones",
     "What type is the array that is written into, and what type are the numbers that are written?"),
    (TypeError, "Cannot cast", "Numbers of a different type from the array's",
     "What type is the array that is written into, and what type are the numbers that are written?"),
    (TypeError, "not supported for the input types|signature matching types|loop of ufunc", "Not an array of numbers",
     "What is it that goes into this function of NumPy, and what does its `dtype` say?"),
    (TypeError, "indices must be integers or slices, not tuple", "A list used like an array",
     "Which function of NumPy makes an array out of a list?"),
    (TypeError, "indices must be integers.* not '?str", "A text as an index, where there is no dict",
     "What stands before the square brackets, and of what type is it? Only a dict has entries with names."),
    (TypeError, "integer scalar arrays|indices must be integers", "An index that is not a whole number",
     "What type is the index?"),
    (TypeError, "interpreted as an integer|sequence of integers or a single", "A decimal number where a whole one is needed",
     "Which step gives a decimal number? `/` always does, `//` of whole numbers does not."),
    ((TypeError, ValueError), "only (length-1|0-dimensional|size-1) arrays|convert an array of size 1",
     "An array where one number belongs", "How many numbers are there, and how many fit into the place?"),
    (ValueError, "inhomogeneous", "Rows of different lengths", "How many entries are there in each row of the array?"),
    (ValueError, "array element with a sequence", "An array where one number belongs",
     "What is written there, and how many numbers fit into the place?"),
    (ValueError, "truth value of an array", "Asked once for the whole array",
     "`if` asks about one number: which operation asks every entry of an array?"),
    (ValueError, "both or neither", "`np.where` lacks a part",
     "Does `np.where` have all three: the condition, what to take where it holds, and what to take elsewhere?"),
    (ValueError, "not in (list|tuple|deque)|x not in|substring not found", "What is looked for is not there",
     "What is looked for, and what is there in this case? `in` asks whether it is."),
    (ValueError, "not have enough dimensions", "`@` with a single number",
     "Which side of `@` is a single number in this case? `*` multiplies by one."),
    (ValueError, "matmul|mismatch in its core dimension", "Shapes that do not fit",
     "Which shapes meet in that line? In `A @ B` a row of A has as many numbers as a column of B."),
    (Exception, "indexing arrays could not be broadcast", "Lists of indices of different lengths",
     "How many entries does each of the two have in this case?"),
    (ValueError, "broadcast input array|non-broadcastable output", "What is written does not fit",
     "What shape is the place that is written into, and what shape is the new content?"),
    (ValueError, r"broadcast.*shapes( \(\d+,\))+ *$", "Shapes that do not fit",
     "Which two arrays meet in that line, and how many entries should each of them have?"),
    (ValueError, "broadcast", "Shapes that do not fit",
     "Which two shapes meet in that line? Broadcasting compares them from the last axis."),
    (ValueError, "not aligned|match for concatenation|all (the )?input array|different from .*gufunc", "Shapes that do not fit",
     "Which shapes meet in that line?"),
    (ValueError, "cannot reshape", "Sizes that do not fit", "How many numbers are there, and how many do these sizes ask for?"),
    (ValueError, "negative dimensions", "A size below 0", "Which size in that line is below 0 in this case?"),
    (ValueError, "to unpack", "Not as many values as names", "How many values come there, and how many names wait for them?"),
    (ValueError, "invalid literal|could not convert string", "A text that is not a number",
     "What is in the text that is to become a number?"),
    (ValueError, "read-only", "An array that must not be changed", "Which step makes a copy of your own to write into?"),
    (ValueError, "empty sequence|iterable argument is empty|zero-size array|of an empty", "A step on an empty array or list",
     "For which arguments is nothing left there?"),
    (ZeroDivisionError, "", "Divided by 0", "What is divided by 0 there, and for which argument does that happen?"),
    (OverflowError, "", "A number that is too large", "Which number is it, and how large a number can be kept there?"),
    ((StopIteration, RuntimeError), "^$|raised StopIteration", "Nothing is left to be taken",
     "How many things are there, and how many were asked for?"),
    (AssertionError, "", "An `assert` does not hold", "Which values do its two sides have in this case?"),
    (KeyError, "", "A name that is not in the dict", "Which names does that dict have? `list(NAME_OF_THE_DICT)` shows them."),
    (Exception, r"^axis .*out of bounds for array of dimension|axes don't match", "An axis that the array does not have",
     "How many axes does the array have there? The first is number 0."),
    (IndexError, "pop from", "A step on an empty array or list", "For which arguments is nothing left there?"),
    (IndexError, "boolean index", "A mask of the wrong size", "What shapes do the array and the mask have?"),
    (IndexError, "valid indices|must be of integer", "An index that is not a whole number",
     "What type is the index, and what stands before the square brackets?"),
    (IndexError, "index -", "An index before the beginning", "How many entries are there, and how many steps back from the end?"),
    (IndexError, "out of bounds|out of range", "An index beyond the end",
     "How many entries are there, and which one was asked for? The first is number 0."),
    (IndexError, "invalid index to scalar", "A number where a dict or an array belongs",
     "What stands before the square brackets, and which line made it?"),
    (IndexError, "too many indices", "More indices than axes",
     "How many axes does the array before the square brackets have?"),
]  # fmt: skip


def kind_of(error, where=""):
    """Return the name of a kind of error, or None, and a question that leads on; ``where`` is the line that raised it."""
    if isinstance(error, IndexError) and "valid indices" in str(error) and _only_names_as_indices(where):
        return "An array where a dict belongs", (
            "What stands before the square brackets? If it is an argument: in which order does the call hand things over?"
        )
    for kind, text, title, question in KINDS:
        if isinstance(error, kind) and re.search(text, str(error)):
            return title, question
    return None, "What are the type and the shape of everything in that line?"


def _only_names_as_indices(where):
    """Return whether there are square brackets in a line, and a text in each of them."""
    indices = re.findall(r"(?<=[\w\])])\[([^\[\]]*)\]", where.partition(" (called in ")[0])
    return bool(indices) and all(re.fullmatch(r"""f?(["'])[^"']*\1""", index.strip()) for index in indices)


def raised(outcome):
    """Return the sentence that says which error came, and where."""
    at = f" in {outcome.where}" if outcome.where else ""
    at += f", called as `{outcome.call}`" if at and outcome.call else ""
    text = said(outcome.error)
    return f"It raised {type(outcome.error).__name__}{at}{f': {text}' if text else ''}"


def meant(error, names):
    """Return a question about the name that may have been meant where one is not known, "" where none is like it."""
    unknown = re.search(r"name '(\w+)' is not defined|module '(numpy)' has no attribute '(\w+)'", str(error))
    if unknown is None or not isinstance(error, NameError | AttributeError):
        return ""
    name = unknown[1] or unknown[3]
    if unknown[1] and hasattr(np, name):
        return ""
    known = [each for each in (dir(np) if unknown[2] else names) if abs(len(each) - len(name)) <= 1]  # a slip of the pen
    near = nearest(name, known)
    return f"Is `{'np.' if unknown[2] else ''}{near}` what you meant?" if near else ""


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
        return "Does every method have `self` as its first parameter, and the names of the exercise after it?"
    if isinstance(error, AttributeError) and "object has no attribute" in text:
        return "Which line should make that attribute, as `self.NAME = …` or as a method, and is it run before this one?"
    if isinstance(error, NameError):
        return "What one method knows, another does not. Is that name an argument of this method, or should it be `self.NAME`?"
    return ""
