"""Notebook 18: count the arithmetic of a training step."""

from mlp_helpers.check.engine.exercise import Case, Exercise


def flops_of_step(n, d, h, k):
    """Return how many multiplications and additions the five matrix products of a step do together."""
    first, second = 2 * n * d * h, 2 * n * h * k  # of one product in each layer
    return 2 * first + 3 * second


def sizes(rng):
    return tuple(int(size) for size in rng.integers(1, 50, 4))


exercise = Exercise(
    flops_of_step,
    notebook="18",
    place="in class",
    cases=[
        Case("one of everything", 1, 1, 1, 1),
        Case("two images", 2, 1, 1, 1),
        Case("all sizes different", 2, 3, 5, 7),
        Case("a wide first layer", 1, 100, 2, 3),
        Case("many classes", 1, 2, 3, 100),
        Case("64 images, 784-128-10", 64, 784, 128, 10),
    ],
    draw=sizes,
    hints=[
        "Take X @ W1 first: how many numbers are in the result, and how many multiplications and additions make one of them?",
        "Five products: Z1 = X @ W1 and dW1 = X.T @ dZ1 have the sizes n, d and h; A1 @ W2, A1.T @ dZ2 and dZ2 @ W2.T the sizes "
        "n, h and k. Each product costs twice its three sizes multiplied together.",
        "2 · n · d · h for each of the first two, and 2 · n · h · k for each of the other three.",
    ],
    praise="For batches of 64 images and 784-128-10 that makes 26 million, nearly all of which belong to the first layer.",
)


@exercise.mistake("Multiplications only", ask="What else happens to the d products that make one entry of X @ W1?")
def _(n, d, h, k):
    """The result is half of what is expected. An entry of a product is a sum: for each multiplication there is an addition."""
    return flops_of_step(n, d, h, k) // 2


@exercise.mistake("Only forwards", ask="Which products lead from dZ2 back to the gradients?")
def _(n, d, h, k):
    """That is the cost of the two products that lead to the scores. The way back is missing."""
    return 2 * n * d * h + 2 * n * h * k


@exercise.mistake("Only the way back", ask="Which products lead from the images to the scores?")
def _(n, d, h, k):
    """That is the cost of the three products on the way back. Those that lead to the scores are missing."""
    return 2 * n * d * h + 4 * n * h * k


@exercise.mistake("The blame of the images too", ask="Who needs the blame of the images?")
def _(n, d, h, k):
    """Both layers were counted three times. In the first one, dZ1 @ W1.T is the blame of the images, which no step needs."""
    return 6 * n * d * h + 6 * n * h * k


@exercise.mistake("The blame of the hidden units is missing", ask="How does the blame get from dZ2 to the hidden layer?")
def _(n, d, h, k):
    """Both layers were counted twice. In the second one, dZ2 @ W2.T is needed too, or nothing would reach the first layer."""
    return 4 * n * d * h + 4 * n * h * k


@exercise.mistake("The layers exchanged", ask="For which of the two layers is the blame of its input needed?")
def _(n, d, h, k):
    """Three products were counted for the first layer and two for the second one. It is the other way round."""
    return 6 * n * d * h + 4 * n * h * k


@exercise.mistake("For one image", ask="How many rows does X have?")
def _(n, d, h, k):
    """That is the work for a single image. A step takes n of them."""
    return flops_of_step(1, d, h, k)
