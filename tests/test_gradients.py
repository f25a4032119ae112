"""Every gradient against finite differences, and wrong gradients that must not pass."""

import itertools

import numpy as np
import pytest

from mlp_helpers import (
    MLP,
    BatchNorm,
    Dropout,
    Linear,
    ReLU,
    Sigmoid,
    SigmoidMeanSquaredError,
    SoftmaxCrossEntropy,
    check_gradients,
    cross_entropy,
    linear,
    linear_backward,
    numerical_gradient,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    softmax,
    softmax_cross_entropy_backward,
)

RIGHT, WRONG = 1e-7, 1e-3


def relative_error(a, b):
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


def numbers(*shape, seed=0):
    """Numbers of both signs, none within 0.05 of the kink at 0."""
    rng = np.random.default_rng(seed)
    return rng.choice([-1.0, 1.0], shape) * rng.uniform(0.05, 2, shape)


# --- numerical_gradient itself -------------------------------------------------------------------------------------


def test_numerical_gradient_by_hand():
    # the derivative of x³ is 3x²: 12, 0.75; the central difference adds step²
    gradient = numerical_gradient(lambda x: (x**3).sum(), np.array([2.0, -0.5]), step=0.1)
    np.testing.assert_allclose(gradient, [12.01, 0.76], rtol=1e-12)


def test_numerical_gradient_is_exact_for_a_parabola():
    x = numbers(3, 4)
    np.testing.assert_allclose(numerical_gradient(lambda x: (x**2).sum(), x), 2 * x, rtol=1e-9)


@pytest.mark.parametrize("shape", [(), (1,), (2, 3), (2, 1, 3)])
def test_numerical_gradient_has_the_shape_of_x(shape):
    x = np.ones(shape)
    gradient = numerical_gradient(lambda x: 5 * x.sum(), x)
    assert gradient.shape == shape and gradient is not x
    np.testing.assert_allclose(gradient, 5)


def test_numerical_gradient_nudges_in_place_so_that_f_may_ignore_its_argument():
    x = np.array([3.0, 4.0])
    np.testing.assert_allclose(numerical_gradient(lambda _: x[0] * x[1], x), [4, 3])


def test_numerical_gradient_reaches_through_a_view():
    x = np.arange(6.0).reshape(2, 3)
    np.testing.assert_allclose(numerical_gradient(lambda _: (x**2).sum(), x.T), 2 * x.T, atol=1e-9)


AWKWARD = np.array([0.1, -0.0, 1e-320, 1e300, -1e16, 1 / 3, np.nextafter(1, 2)])


def test_numerical_gradient_restores_every_bit():
    x = AWKWARD.copy()
    with np.errstate(all="ignore"):
        numerical_gradient(lambda x: x.sum(), x)
    assert x.tobytes() == AWKWARD.tobytes()


@pytest.mark.parametrize("calls", range(1, 2 * len(AWKWARD) + 1))
@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt])
def test_numerical_gradient_restores_every_bit_when_f_fails(error, calls):
    x, left = AWKWARD.copy(), itertools.count(calls - 1, -1)

    def f(x):
        if next(left) == 0:
            raise error
        return x.sum()

    with pytest.raises(error), np.errstate(all="ignore"):
        numerical_gradient(f, x)
    assert x.tobytes() == AWKWARD.tobytes()


# --- functions, layers, losses -------------------------------------------------------------------------------------

X, W, b, dZ, Z = numbers(5, 4, seed=1), numbers(4, 3, seed=2), numbers(3, seed=3), numbers(5, 3, seed=4), numbers(5, 3, seed=5)
LABELS = np.array([0, 1, 2, 1, 0])


@pytest.mark.parametrize("i", range(3), ids=["dX", "dW", "db"])
def test_linear_backward(i):
    numerical = numerical_gradient(lambda _: (dZ * linear(X, W, b)).sum(), (X, W, b)[i])
    assert relative_error(linear_backward(dZ, X, W)[i], numerical) < RIGHT


def test_relu_backward():
    assert relative_error(relu_backward(dZ, Z), numerical_gradient(lambda Z: (dZ * relu(Z)).sum(), Z)) < RIGHT


def test_sigmoid_backward():
    assert relative_error(sigmoid_backward(dZ, sigmoid(Z)), numerical_gradient(lambda Z: (dZ * sigmoid(Z)).sum(), Z)) < RIGHT


def test_softmax_cross_entropy_backward():
    Y = np.eye(3)[LABELS]
    numerical = numerical_gradient(lambda Z: cross_entropy(softmax(Z), Y), Z)
    assert relative_error(softmax_cross_entropy_backward(softmax(Z), Y), numerical) < RIGHT


@pytest.mark.parametrize("layer", [ReLU(), Sigmoid(), Linear(3, 3, rng=np.random.default_rng(0), dtype=np.float64)])
def test_layers_carry_the_gradient_back(layer):
    layer.forward(Z)
    assert relative_error(layer.backward(dZ), numerical_gradient(lambda Z: (dZ * layer.forward(Z)).sum(), Z)) < RIGHT


@pytest.mark.parametrize("name", ["W", "b"])
def test_linear_layer_gives_the_gradients_of_its_parameters(name):
    layer = Linear(4, 3, rng=np.random.default_rng(0), dtype=np.float64)
    layer.b[...] = b
    layer.forward(X)
    layer.backward(dZ)
    numerical = numerical_gradient(lambda _: (dZ * layer.forward(X)).sum(), getattr(layer, name))
    assert relative_error(getattr(layer, f"d{name}"), numerical) < RIGHT


def test_a_linear_layer_without_bias_has_none_and_no_gradient_of_it():
    layer = Linear(4, 3, bias=False, rng=np.random.default_rng(0), dtype=np.float64)
    assert layer.b is None
    np.testing.assert_array_equal(layer.forward(X), X @ layer.W)
    dX = layer.backward(dZ)
    assert not hasattr(layer, "db")
    assert relative_error(dX, numerical_gradient(lambda X: (dZ * layer.forward(X)).sum(), X)) < RIGHT
    assert relative_error(layer.dW, numerical_gradient(lambda _: (dZ * layer.forward(X)).sum(), layer.W)) < RIGHT


def norm():
    layer = BatchNorm(3, dtype=np.float64)
    layer.gamma[...], layer.beta[...], layer.mean[...], layer.variance[...] = *numbers(3, 3, seed=7), [0.5, 1, 2]
    return layer


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("name", ["Z", "gamma", "beta"])
def test_batch_norm_gives_every_gradient(name, training):
    layer = norm()
    layer.forward(Z, training)
    gradients = {"Z": layer.backward(dZ), "gamma": layer.dgamma, "beta": layer.dbeta}
    numerical = numerical_gradient(lambda _: (dZ * layer.forward(Z, training)).sum(), Z if name == "Z" else getattr(layer, name))
    assert relative_error(gradients[name], numerical) < RIGHT


@pytest.mark.parametrize("training", [True, False])
def test_dropout_carries_the_gradient_back(training):
    layer = Dropout(0.4, rng=np.random.default_rng(2))

    def forward(Z):
        layer.rng = np.random.default_rng(2)  # drops the same units again
        return layer.forward(Z, training)

    dropped = (forward(Z) == 0).sum()
    assert 0 < dropped < Z.size if training else dropped == 0
    assert relative_error(layer.backward(dZ), numerical_gradient(lambda Z: (dZ * forward(Z)).sum(), Z)) < RIGHT


@pytest.mark.parametrize("end", [SoftmaxCrossEntropy(), SoftmaxCrossEntropy(0.3), SigmoidMeanSquaredError()])
def test_losses_give_the_gradient_of_the_scores(end):
    end.forward(Z, LABELS)
    assert relative_error(end.backward(), numerical_gradient(lambda Z: end.forward(Z, LABELS), Z)) < RIGHT


# --- whole networks ------------------------------------------------------------------------------------------------

KINDS = list(itertools.product(["relu", "sigmoid"], ["cross_entropy", "mse"]))
DEPTHS = {1: [5, 3], 2: [5, 6, 3], 3: [5, 6, 4, 3], 4: [5, 6, 4, 5, 3]}


def network(depth, activation, loss, dtype=np.float64):
    """A network with biases that are not 0, so that nothing hides behind them."""
    model = MLP(DEPTHS[depth], activation, loss, "xavier", seed=depth, dtype=dtype)
    for i, linear_layer in enumerate(model.linears):
        linear_layer.b[...] = 0.3 * numbers(len(linear_layer.b), seed=10 + i)
    return model


IMAGES, DIGITS = numbers(7, 5, seed=6), np.array([0, 1, 2, 0, 1, 2, 2])


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize(("activation", "loss"), KINDS)
def test_networks_of_every_kind_pass_check_gradients(depth, activation, loss):
    model = network(depth, activation, loss)
    errors = check_gradients(model, IMAGES, DIGITS)
    assert errors.keys() == model.parameters.keys()
    assert 0 < max(errors.values()) < RIGHT


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize(("activation", "loss"), KINDS)
def test_networks_of_every_kind_agree_with_nudging_every_number(depth, activation, loss):
    model = network(depth, activation, loss)
    _, gradients = model.loss_and_gradients(IMAGES, DIGITS, input_gradient=True)
    images = IMAGES.copy()
    for name, array in (model.parameters | {"X": images}).items():
        numerical = numerical_gradient(lambda _: model.loss_and_gradients(images, DIGITS)[0], array)
        assert relative_error(gradients[name], numerical) < RIGHT, name


REMEDIES = {
    "dropout": {"dropout": 0.4},
    "batch normalisation": {"batch_norm": True},
    "label smoothing": {"label_smoothing": 0.2},
    "l2": {"l2": 0.1},
    "dropout and batch normalisation": {"dropout": 0.3, "batch_norm": True},
    "everything": {"dropout": 0.3, "batch_norm": True, "label_smoothing": 0.2, "l2": 0.1},
}


def remedied(depth, activation="sigmoid", loss="cross_entropy", dtype=np.float64, **remedies):
    """A network with these remedies, none of whose parameters and running statistics is 0 or 1 by accident."""
    model = MLP(DEPTHS[depth], activation, loss, "xavier", seed=depth, dtype=dtype, **remedies)
    for i, (name, array) in enumerate(model.state.items()):
        if array.ndim == 1:
            array[...] = 0.3 * numbers(len(array), seed=20 + i) + name.startswith("gamma")
        if name.startswith("variance"):
            array[...] = array**2 + 0.1
    return model


@pytest.mark.parametrize(("depth", "activation"), [(1, "relu"), (2, "relu"), (4, "relu"), (4, "sigmoid")])
@pytest.mark.parametrize("remedy", REMEDIES)
def test_networks_with_remedies_pass_check_gradients(remedy, activation, depth):
    model = remedied(depth, activation, **REMEDIES[remedy])
    errors = check_gradients(model, IMAGES, DIGITS)
    assert errors.keys() == model.parameters.keys()
    assert 0 < max(errors.values()) < RIGHT


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("loss", ["cross_entropy", "mse"])
def test_remedies_together_agree_with_nudging_every_number_while_learning_and_when_asked(loss, training):
    remedies = REMEDIES["everything"] | ({} if loss == "cross_entropy" else {"label_smoothing": 0})
    model, images = remedied(4, loss=loss, **remedies), IMAGES.copy()
    drawn = model.rng.bit_generator.state

    def loss_and_gradients(input_gradient=False):
        model.rng.bit_generator.state = drawn
        return model.loss_and_gradients(images, DIGITS, input_gradient, training)

    _, gradients = loss_and_gradients(input_gradient=True)
    for name, array in (model.parameters | {"X": images}).items():
        numerical = numerical_gradient(lambda _: loss_and_gradients()[0], array)
        assert relative_error(gradients[name], numerical) < RIGHT, name


def test_check_gradients_leaves_running_statistics_and_random_numbers_alone():
    model = remedied(3, **REMEDIES["everything"])
    state, drawn = {name: array.copy() for name, array in model.state.items()}, model.rng.bit_generator.state
    assert max(check_gradients(model, IMAGES, DIGITS).values()) < RIGHT
    assert model.rng.bit_generator.state == drawn
    for name, array in model.state.items():
        np.testing.assert_array_equal(array, state[name], err_msg=name)


def test_check_gradients_looks_at_a_float64_copy_and_leaves_the_model_alone():
    model = network(2, "relu", "cross_entropy", np.float32)
    before = {name: parameter.copy() for name, parameter in model.parameters.items()}
    assert max(check_gradients(model, IMAGES, DIGITS).values()) < RIGHT
    assert model.dtype == np.float32
    for name, parameter in model.parameters.items():
        np.testing.assert_array_equal(parameter, before[name])


def test_check_gradients_takes_images_of_bytes():
    images = np.random.default_rng(0).integers(0, 256, (7, 5), dtype=np.uint8)
    assert max(check_gradients(network(3, "relu", "cross_entropy"), images, DIGITS).values()) < RIGHT


def test_check_gradients_nudges_no_more_entries_than_told(monkeypatch):
    calls = []
    right = MLP.loss_and_gradients
    monkeypatch.setattr(MLP, "loss_and_gradients", lambda *arguments: calls.append(1) or right(*arguments))
    check_gradients(MLP([5, 6, 3]), IMAGES, DIGITS, entries=4)
    # once for the gradients to check, then up and down; the last bias has only three numbers
    assert len(calls) == 1 + 2 * (4 + 4 + 4 + 3)


# --- wrong gradients -----------------------------------------------------------------------------------------------


def wrong_linear(**mistakes):
    right = Linear.backward

    def backward(self, dZ, input_gradient=True):
        dX = right(self, dZ, input_gradient)
        for name, mistake in mistakes.items():
            setattr(self, name, mistake(self, dZ))
        return dX

    return Linear, backward


def but_the_first(gradient):
    gradient[0, 0] = 0
    return gradient


MISTAKES = {
    "ReLU: a mask on the output, which is never negative": (ReLU, lambda self, dA: dA * (np.maximum(self.Z, 0) >= 0)),
    "ReLU: no mask": (ReLU, lambda self, dA: dA),
    "ReLU: the mask turned round": (ReLU, lambda self, dA: dA * (self.Z <= 0)),
    "Sigmoid: A for A (1 - A)": (Sigmoid, lambda self, dA: dA * self.A),
    "Sigmoid: the slope at the output": (Sigmoid, lambda self, dA: dA * sigmoid(self.A) * (1 - sigmoid(self.A))),
    "Linear: no db": wrong_linear(db=lambda self, dZ: np.zeros_like(self.b)),
    "Linear: the mean for db": wrong_linear(db=lambda self, dZ: dZ.mean(axis=0)),
    "Linear: the mean for dW": wrong_linear(dW=lambda self, dZ: self.X.T @ dZ / len(dZ)),
    "Linear: dW with the wrong sign": wrong_linear(dW=lambda self, dZ: -self.X.T @ dZ),
    "Linear: one entry of dW forgotten": wrong_linear(dW=lambda self, dZ: but_the_first(self.X.T @ dZ)),
    "cross-entropy: no 1/n": (SoftmaxCrossEntropy, lambda self: _softmax_gradient(self) * len(self.true[0])),
    "cross-entropy: Y - P": (SoftmaxCrossEntropy, lambda self: -_softmax_gradient(self)),
    "cross-entropy: P alone": (SoftmaxCrossEntropy, lambda self: self.P.T / len(self.true[0])),
    "squared error: no 2": (SigmoidMeanSquaredError, lambda self: _squared_gradient(self) / 2),
    "squared error: no slope": (SigmoidMeanSquaredError, lambda self: 2 * (self.A - self.Y) / len(self.Y)),
    "squared error: averaged over the classes": (SigmoidMeanSquaredError, lambda self: _squared_gradient(self) / 3),
}  # fmt: skip
_softmax_gradient, _squared_gradient = SoftmaxCrossEntropy.backward, SigmoidMeanSquaredError.backward


_norm_backward, _loss_and_gradients = BatchNorm.backward, MLP.loss_and_gradients


def without_the_terms_of_mean_and_variance(self, dA):
    self.dgamma, self.dbeta = (dA * self.Z_hat).sum(axis=0), dA.sum(axis=0)
    return self.gamma / self.deviation * dA


def with_the_term_of_the_mean_alone(self, dA):
    self.dgamma, self.dbeta = (dA * self.Z_hat).sum(axis=0), dA.sum(axis=0)
    return self.gamma / self.deviation * (dA - dA.mean(axis=0))


def without_gamma(self, dA):
    return _norm_backward(self, dA) / self.gamma


def without_its_own_gradients(self, dA):
    dZ = _norm_backward(self, dA)
    self.dgamma = np.zeros_like(self.dgamma)
    return dZ


def with_the_first_gradient_of_gamma(self, dA):
    dZ = _norm_backward(self, dA)
    self.dgamma = self.dbeta
    return dZ


def without_smoothing(self):
    n = len(self.true[0])
    dZ = self.P / n
    dZ[self.true] -= 1 / n
    return dZ.T


def without_what_goes_to_all_classes(self):
    n = len(self.true[0])
    dZ = self.P / n
    dZ[self.true] -= (1 - self.smoothing) / n
    return dZ.T


def forgets_the_penalty(self, X, y, **settings):
    loss, gradients = _loss_and_gradients(self, X, y, **settings)
    return loss, {name: g - self.l2 * self.parameters[name] if name[0] == "W" else g for name, g in gradients.items()}


def doubles_the_penalty(self, X, y, **settings):
    loss, gradients = _loss_and_gradients(self, X, y, **settings)
    return loss, {name: g + self.l2 * self.parameters[name] if name[0] == "W" else g for name, g in gradients.items()}


WRONG_REMEDIES = {
    "batch normalisation: no terms of mean and variance": (BatchNorm, "backward", without_the_terms_of_mean_and_variance),
    "batch normalisation: the term of the mean alone": (BatchNorm, "backward", with_the_term_of_the_mean_alone),
    "batch normalisation: no gamma": (BatchNorm, "backward", without_gamma),
    "batch normalisation: no dgamma": (BatchNorm, "backward", without_its_own_gradients),
    "batch normalisation: dbeta for dgamma": (BatchNorm, "backward", with_the_first_gradient_of_gamma),
    "dropout: no mask": (Dropout, "backward", lambda self, dA: dA),
    "dropout: a mask of 0 and 1": (Dropout, "backward", lambda self, dA: dA * (self.mask > 0)),
    "dropout: another mask": (Dropout, "backward", lambda self, dA: dA * self.mask[::-1]),
    "label smoothing: forgotten": (SoftmaxCrossEntropy, "backward", without_smoothing),
    "label smoothing: for the true class alone": (SoftmaxCrossEntropy, "backward", without_what_goes_to_all_classes),
    "penalty: forgotten": (MLP, "loss_and_gradients", forgets_the_penalty),
    "penalty: 2 w for w": (MLP, "loss_and_gradients", doubles_the_penalty),
}


@pytest.mark.parametrize("mistake", WRONG_REMEDIES)
def test_check_gradients_finds_a_wrong_remedy(mistake, monkeypatch):
    model = remedied(3, **REMEDIES["everything"])
    assert max(check_gradients(model, IMAGES, DIGITS).values()) < RIGHT
    monkeypatch.setattr(*WRONG_REMEDIES[mistake])
    assert max(check_gradients(model, IMAGES, DIGITS).values()) > WRONG


@pytest.mark.parametrize("mistake", MISTAKES)
def test_check_gradients_finds(mistake, monkeypatch):
    owner, backward = MISTAKES[mistake]
    activation = "sigmoid" if owner is Sigmoid else "relu"
    loss = "mse" if owner is SigmoidMeanSquaredError else "cross_entropy"
    assert max(check_gradients(network(3, activation, loss), IMAGES, DIGITS).values()) < RIGHT
    monkeypatch.setattr(owner, "backward", backward)
    assert max(check_gradients(network(3, activation, loss), IMAGES, DIGITS).values()) > WRONG


def test_check_gradients_names_the_wrong_one(monkeypatch):
    _, without_db = MISTAKES["Linear: no db"]
    monkeypatch.setattr(Linear, "backward", without_db)
    errors = check_gradients(network(2, "relu", "cross_entropy"), IMAGES, DIGITS)
    assert errors["W1"] < RIGHT and errors["W2"] < RIGHT and errors["b1"] == errors["b2"] == 1


# --- against PyTorch -----------------------------------------------------------------------------------------------


def in_pytorch(torch, model, X, y):
    """Loss, gradients and input gradient of the same network, by automatic differentiation."""
    parameters = {name: torch.tensor(array, requires_grad=True) for name, array in model.parameters.items()}
    images = torch.tensor(X.astype(model.dtype), requires_grad=True)
    A, depth = images, len(model.linears)
    for i in range(1, depth + 1):
        A = A @ parameters[f"W{i}"] + parameters[f"b{i}"]
        if i < depth:
            A = torch.relu(A) if model.activation == "relu" else torch.sigmoid(A)
    labels = torch.tensor(y)
    if model.loss == "cross_entropy":
        loss = torch.nn.functional.cross_entropy(A, labels)
    else:
        targets = torch.nn.functional.one_hot(labels, A.shape[1])
        loss = ((torch.sigmoid(A) - targets) ** 2).sum(dim=1).mean()
    loss.backward()
    return loss.item(), {name: tensor.grad.numpy() for name, tensor in (parameters | {"X": images}).items()}


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize(("activation", "loss"), KINDS)
@pytest.mark.parametrize(("dtype", "near"), [(np.float64, 1e-10), (np.float32, 1e-6)])
def test_loss_and_gradients_equal_those_of_pytorch(depth, activation, loss, dtype, near):
    torch = pytest.importorskip("torch")
    model = network(depth, activation, loss, dtype)
    mine, gradients = model.loss_and_gradients(IMAGES, DIGITS, input_gradient=True)
    theirs, expected = in_pytorch(torch, model, IMAGES, DIGITS)
    assert mine == pytest.approx(theirs, rel=near)
    assert gradients.keys() == expected.keys()
    for name, gradient in gradients.items():
        assert relative_error(gradient, expected[name]) < near, name


def in_pytorch_with_remedies(torch, model, X, y, training):
    """Loss and gradients of a network with remedies; dropout takes the masks that the network has just used."""
    F = torch.nn.functional
    tensors = {name: torch.tensor(array) for name, array in model.state.items()}
    for name in model.parameters:
        tensors[name].requires_grad_()
    A, depth = torch.tensor(X), len(model.linears)
    masks = [torch.tensor(layer.mask) for layer in model.layers if isinstance(layer, Dropout) and training]
    for i in range(1, depth + 1):
        A = A @ tensors[f"W{i}"] + tensors.get(f"b{i}", 0)
        if i == depth:
            break
        if model.batch_norm:
            names = f"mean{i}", f"variance{i}", f"gamma{i}", f"beta{i}"
            A = F.batch_norm(A, *(tensors[name] for name in names), training=training)
        A = torch.sigmoid(A)
        if masks:
            A = A * masks[i - 1]
    loss = F.cross_entropy(A, torch.tensor(y), label_smoothing=model.label_smoothing if training else 0)
    if training:
        loss = loss + model.l2 / 2 * sum((tensors[f"W{i}"] ** 2).sum() for i in range(1, depth + 1))
    loss.backward()
    return loss.item(), {name: tensors[name].grad.numpy() for name in model.parameters}, tensors


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("remedy", REMEDIES)
def test_loss_gradients_and_running_statistics_with_remedies_equal_those_of_pytorch(remedy, training):
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)  # on a busy machine more of them wait for each other
    model = remedied(4, **REMEDIES[remedy])
    before = model.copy()
    mine, gradients = model.loss_and_gradients(IMAGES, DIGITS, training=training)
    for one, other in zip(before.layers, model.layers, strict=True):
        if isinstance(one, Dropout):
            one.mask = other.mask
    theirs, expected, tensors = in_pytorch_with_remedies(torch, before, IMAGES, DIGITS, training)
    assert mine == pytest.approx(theirs, rel=1e-10)
    for name, gradient in gradients.items():
        assert relative_error(gradient, expected[name]) < 1e-9, name
    for name, array in model.state.items():
        np.testing.assert_allclose(array, tensors[name].detach().numpy(), rtol=1e-10, err_msg=name)


# --- against scikit-learn ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("activation", ["relu", "sigmoid"])
@pytest.mark.parametrize("l2", [0, 0.2])
def test_loss_and_gradients_equal_those_of_scikit_learn(l2, activation):
    neural_network = pytest.importorskip("sklearn.neural_network")
    model = remedied(3, activation, l2=l2)
    mine, gradients = model.loss_and_gradients(IMAGES, DIGITS)
    # its penalty is alpha / 2n times the sum of squares; its plain steps of size 1 show the gradient
    theirs = neural_network.MLPClassifier(
        model.sizes[1:-1], activation={"relu": "relu", "sigmoid": "logistic"}[activation], solver="sgd", alpha=l2 * len(IMAGES),
        batch_size=len(IMAGES), learning_rate_init=1, momentum=0, nesterovs_momentum=False,
    ).partial_fit(IMAGES, DIGITS, classes=range(3))  # fmt: skip
    arrays = {f"{letter}{i}": array for letter, held in (("W", theirs.coefs_), ("b", theirs.intercepts_))
              for i, array in enumerate(held, 1)}  # fmt: skip
    for name, array in arrays.items():
        array[...] = model.parameters[name]
    theirs.partial_fit(IMAGES, DIGITS)
    assert mine == pytest.approx(theirs.loss_, rel=1e-10)
    assert gradients.keys() == arrays.keys()
    for name, array in arrays.items():
        np.testing.assert_allclose(gradients[name], model.parameters[name] - array, atol=1e-12, err_msg=name)


@pytest.mark.parametrize("settings", [{}, {"batch_norm": True}, {"dropout": 0.5}, {"activation": "sigmoid"}])
def test_a_right_network_is_right_with_blank_images_too(settings):
    images, y = np.random.default_rng(0).integers(0, 256, (4, 20), np.uint8), np.array([1, 2, 3, 4])
    images[0] = 0
    for sizes in [20, 16, 10], [20, 8, 8, 10]:
        assert max(check_gradients(MLP(sizes, **settings), images, y).values()) < 1e-6
        if "batch_norm" not in settings:  # equal images would leave it no gradient but rounding
            assert max(check_gradients(MLP(sizes, **settings), 0 * images, y).values()) < 1e-6


def test_a_wrong_bias_gradient_is_found_with_blank_images_too(monkeypatch):
    usual = MLP.backpropagate

    def wrong(self, *arguments):
        loss, gradients = usual(self, *arguments)
        return loss, gradients | {"b1": 2 * gradients["b1"]}

    monkeypatch.setattr(MLP, "backpropagate", wrong)
    errors = check_gradients(MLP([6, 5, 3]), np.zeros((2, 6)), np.array([0, 1]))
    assert errors["b1"] > 0.1 and errors["b2"] < 1e-7


def test_entries_that_switch_a_relu_are_left_out():
    model = MLP([1, 1, 2], dtype=np.float64)
    model.parameters["W1"][...] = 1
    model.parameters["b1"][...] = 1e-6 - 1  # the unit's input is less than a step above its corner
    errors = check_gradients(model, np.array([[1.0]]), np.array([0]))
    assert np.isnan(errors["W1"]) and np.isnan(errors["b1"]) and errors["b2"] < 1e-7
