"""The messages of ``core``: what computes, what is trained, and the data."""

from .following import Code, Settings, Words

LAYER = "X = np.arange(20.0).reshape(5, 4); W = np.arange(12.0).reshape(4, 3); b = np.arange(3.0); "
RIGHT = "linear(np.arange(20.0).reshape(5, 4), np.arange(12.0).reshape(4, 3), np.arange(3.0))"
LABELS = "y = np.array([0, 1, 2, 0, 1]); P = softmax(np.arange(15.0).reshape(5, 3)); Y = one_hot(y, 3); labels = y; "
NET = "X = np.random.default_rng(0).random((5, 4)); y = np.array([0, 1, 2, 0, 1]); model = MLP([4, 3]); "
LOSS = "MLP([4, 3]).loss_and_gradients(np.random.default_rng(0).random((5, 4)), np.array([0, 1, 2, 0, 1]))[0]"
PIXELS = "X = np.arange(20).reshape(5, 4) * 12; wanted = MLP([4, 3]).forward(X / 255); model = MLP([4, 3]); "
SET = "images = np.arange(480).reshape(40, 12) % 256; labels = np.arange(40) % 10; "
SMALL = (
    SET + "dataset = Dataset.from_arrays(images, labels, validation=0.1); data = dataset; model = MLP([12, 10]); epochs = 1; "
    "train_it = lambda **settings: len(train(model, dataset, **({'epochs': 1, 'progress': False} | settings))); "
)

CODE = {
    # what is no array
    "a list": Code("Z = [1.0, -2.0]", "relu(Z)", "np.array([1.0, 0.0])"),
    "a list of whole numbers where decimals are wanted": Code("Z = [0, 1]", "sigmoid(Z)", "np.array([0.5, 0.731])"),
    "a list of one example": Code(NET + "X = [0.0, 0.0, 0.0, 0.0]", "model.forward(X)", "np.zeros((1, 3))"),
    "a list of labels for one-hot rows": Code(
        LABELS + "Y = [0, 1, 2, 0, 1]", "cross_entropy(P, Y)", "cross_entropy(P, one_hot(y, 3))"
    ),
    "a list of labels as text": Code("labels = ['b', 'a']", "one_hot(labels, 2)", "np.array([[0, 1], [1, 0]])", to="labels"),
    "a list of pixels": Code(PIXELS + "X = X.tolist()", "model.forward(X)", "wanted"),
    "a tuple of labels": Code("predicted = (1, 2); labels = np.array([1, 1])", "accuracy(predicted, labels)", "0.5"),
    "a table": Code(
        "Table = type('Table', (), {'__array__': lambda self, dtype=None, copy=None: np.eye(3), '__len__': lambda self: 3}); "
        "Z = Table()",
        "softmax(Z)",
        "softmax(np.eye(3))",
    ),
    "a generator": Code("Z = (value for value in [1.0, -2.0]); Z = [*Z]; Z = map(abs, Z)", "relu(Z)", "np.array([1.0, 2.0])"),
    "a dictionary": Code("Z = {'first': np.array([1.0])}", "relu(Z)", "np.array([1.0])"),
    "a split for images": Code(SMALL + "X = dataset.test", "model.predict(X)", "model.predict(dataset.test.images)"),
    "a split for labels": Code(SMALL + "labels = dataset.test", "one_hot(labels)", "one_hot(dataset.test.labels)"),
    "a data set for images": Code(SMALL + "X = dataset", "model.predict(X)", "model.predict(dataset.validation.images)"),
    "a list for a float64 array": Code("x = [1, 2]", "numerical_gradient(np.sum, x)", "np.ones(2)"),
    "float32 where it hides the answer": Code("x = np.ones(2, np.float32)", "numerical_gradient(np.sum, x)", "np.ones(2)"),
    # types
    "text": Code("Z = np.array(['1', '2'])", "relu(Z)", "np.array([1, 2])"),
    "truth values": Code("Z = np.array([True, False])", "relu(Z)", "np.array([1, 0])"),
    "objects": Code("Z = np.array([1, 2.5], object)", "relu(Z)", "np.array([1, 2.5])"),
    "complex numbers": Code("Z = np.array([3 + 0j])", "relu(Z)", "np.array([3.0])"),
    "whole numbers for decimals": Code("Z = np.array([0, 1])", "sigmoid(Z)", "np.array([0.5, 0.731])"),
    "labels as floats": Code("labels = np.array([1.0, 0.0])", "one_hot(labels, 2)", "np.array([[0, 1], [1, 0]])"),
    "labels as truth values": Code("labels = np.array([True, False])", "one_hot(labels, 2)", "np.array([[0, 1], [1, 0]])"),
    "labels as text of numbers": Code("labels = np.array(['1.0', '0.0'])", "one_hot(labels, 2)", "np.array([[0, 1], [1, 0]])"),
    "labels as names": Code("labels = np.array(['b', 'a'])", "one_hot(labels, 2)", "np.array([[0, 1], [1, 0]])", to="labels"),
    "labels as dates": Code(
        "labels = np.array(['2020', '2019'], 'M8[Y]')", "one_hot(labels, 2)", "np.array([[0, 1], [1, 0]])", to="labels"
    ),
    # shapes
    "one number for rows": Code(
        "X = np.float32(2); y = np.array([1])", "list(minibatches(X, y, 1, np.random.default_rng(0)))[0][0]", "np.array([2.0])"
    ),
    "one example": Code(LAYER + "X = X[0]; model = MLP([4, 3])", "model.forward(X)", "MLP([4, 3]).forward(X.reshape(1, 4))"),
    "one example as a square": Code("X = np.eye(2); model = MLP([4, 3])", "model.forward(X)", "model.forward(X.reshape(1, 4))"),
    "one output": Code(LAYER + "W = W[:, 0]; b = b[:1]", "linear(X, W, b)", f"{RIGHT}[:, :1]"),
    "images that are not flattened": Code(LAYER + "X = X.reshape(5, 2, 2)", "linear(X, W, b)", RIGHT),
    "images not flattened, for a network": Code(NET + "X = X.reshape(5, 2, 2, 1)", "model.loss_and_gradients(X, y)[0]", LOSS),
    "images along the last axis": Code(NET + "X = X.T.reshape(2, 2, 5)", "model.loss_and_gradients(X, y)[0]", LOSS),
    "images in columns": Code(NET + "X = X.T", "model.loss_and_gradients(X, y)[0]", LOSS),
    "images in colours": Code(NET + "X = np.stack([X.reshape(5, 2, 2)] * 3, 3)", "model.loss_and_gradients(X, y)[0]", LOSS),
    "images with transparency": Code(
        NET + "X = np.stack([X.reshape(5, 2, 2)] * 3 + [np.ones((5, 2, 2))], 3)", "model.loss_and_gradients(X, y)[0]", LOSS
    ),
    "W transposed": Code(LAYER + "W = W.T", "linear(X, W, b)", RIGHT),
    "a bias as a row": Code(LAYER + "b = b[None]", "linear(X, W, b)", RIGHT),
    "a column of labels": Code(NET + "y = y.reshape(-1, 1)", "model.loss_and_gradients(X, y)[0]", LOSS),
    "a row of labels": Code(NET + "y = y.reshape(1, -1)", "model.loss_and_gradients(X, y)[0]", LOSS),
    "one label": Code("labels = np.array(2)", "one_hot(labels, 3)", "np.array([[0, 0, 1]])"),
    "one-hot labels": Code(NET + "y = one_hot(y, 3)", "model.loss_and_gradients(X, y)[0]", LOSS),
    "one-hot labels as truth values": Code(NET + "y = one_hot(y, 3) == 1", "model.loss_and_gradients(X, y)[0]", LOSS),
    "columns of one-hot labels": Code(NET + "y = one_hot(y, 3).T", "model.loss_and_gradients(X, y)[0]", LOSS),
    "columns of one-hot whole labels": Code(LABELS + "labels = Y.T.astype(int)", "one_hot(labels, 3)", "Y"),
    "probabilities for predicted labels": Code(
        LABELS + "predicted = P", "accuracy(predicted, y)", "accuracy(P.argmax(axis=1), y)"
    ),
    "columns of probabilities": Code(LABELS + "labels = P.T", "accuracy(y, labels)", "accuracy(y, P.argmax(axis=1))"),
    "several columns of labels": Code(NET + "y = np.stack([y, y + 7], 1)", "model.loss_and_gradients(X, y)[0]", LOSS),
    "a row too many": Code(
        "X = np.ones((3, 4)); y = np.arange(3); rng = np.random.default_rng(0); batch_size = 0",
        "len(list(minibatches(X, y, batch_size, rng)))",
        "1",
    ),
    # one-hot rows
    "labels for one-hot rows": Code(LABELS + "Y = y", "cross_entropy(P, Y)", "cross_entropy(P, one_hot(y, 3))"),
    "a column of float labels for one-hot rows": Code(
        LABELS + "Y = y.reshape(-1, 1) * 1.0", "mean_squared_error(P, Y)", "mean_squared_error(P, one_hot(y, 3))"
    ),
    "one-hot rows in columns": Code(LABELS + "Y = Y.T", "cross_entropy(P, Y)", "cross_entropy(P, one_hot(y, 3))"),
    "one-hot rows for ten classes": Code(LABELS + "Y = one_hot(y)", "cross_entropy(P, Y)", "cross_entropy(P, one_hot(y, 3))"),
    "rows with two ones": Code(LABELS + "Y = Y + np.eye(5, 3)", "cross_entropy(P, Y)", "cross_entropy(P, one_hot(y, 3))", to="Y"),
    "a row without a one": Code(LABELS + "Y[1] = 0", "cross_entropy(P, Y)", "cross_entropy(P, one_hot(y, 3))", to="Y"),
    "one-hot rows of -1 and 1": Code(LABELS + "Y = 2 * Y - 1", "cross_entropy(P, Y)", "cross_entropy(P, one_hot(y, 3))"),
    "one-hot rows of bytes": Code(
        LABELS + "Y = (255 * Y).astype(np.uint8)", "cross_entropy(P, Y)", "cross_entropy(P, one_hot(y, 3))"
    ),
    # values
    "scores for probabilities": Code(
        LABELS + "P = np.arange(15.0).reshape(5, 3)", "cross_entropy(P, Y)", "cross_entropy(softmax(P), Y)"
    ),
    "per cent": Code(LABELS + "P = 100 * P", "cross_entropy(P, Y)", "cross_entropy(P / 100, Y)"),
    "labels counted from 1": Code(NET + "y = y + 1", "model.loss_and_gradients(X, y)[0]", LOSS),
    "gaps in images": Code(NET + "X[0, 0] = np.nan", "model.forward(X)[1:]", "MLP([4, 3]).forward(X[1:])"),
    # pixels
    "pixels as wide integers": Code(PIXELS, "model.forward(X)", "wanted"),
    "pixels up to 100": Code(
        "X = np.array([[0, 100, 50, 1]]); model = MLP([4, 3])", "model.forward(X).shape", "(1, 3)", pieces=2
    ),
    "signed bytes as images": Code(PIXELS + "X = X.astype(np.uint8).view(np.int8)", "model.forward(X)", "wanted"),
    "signed bytes in wide integers": Code(
        PIXELS + "X = X.astype(np.uint8).view(np.int8).astype(int)", "model.forward(X).shape", "(5, 3)", pieces=2
    ),
    "numbers below 0": Code(
        "X = np.array([[-300, 300, 0, 0]]); model = MLP([4, 3])", "model.forward(X)", "model.forward(np.array([[-1.0, 1, 0, 0]]))"
    ),
    "pixels of two bytes": Code(PIXELS + "X = (X * 257).astype(np.uint16)", "model.forward(X)", "wanted"),
    "black and white in bytes": Code(
        "X = np.eye(4, dtype=np.uint8); model = MLP([4, 3])", "model.forward(X)", "model.forward(np.eye(4))"
    ),
    "black and white in integers": Code(
        "X = np.eye(4, dtype=int); model = MLP([4, 3])", "model.forward(X)", "model.forward(np.eye(4))"
    ),
    "pixels as floats": Code(PIXELS + "X = X.astype(float)", "model.forward(X)", "wanted", pieces=2),
    "pixels as floats around 0": Code(PIXELS + "X = X - 127.5", "model.forward(X).shape", "(5, 3)"),
    "turned to one side": Code("rotation = -5", "Warp(rotation=rotation).rotation", "np.radians(8)"),
    # settings
    "no classes": Code("n_classes = 0; y = np.array([1])", "one_hot(y, n_classes).shape", "(1, 10)"),
    "batches of nothing": Code(SMALL + "batch_size = 0", "train_it(batch_size=batch_size)", "1"),
    "a learning rate of 0": Code("learning_rate = 0", "SGD(learning_rate).learning_rate", "0.1"),
    "Adam's learning rate": Code("learning_rate = -1", "Adam(learning_rate).learning_rate", "0.001"),
    "Adam's epsilon": Code("epsilon = 0", "Adam(epsilon=epsilon).epsilon", "1e-8"),
    "a beta of 1": Code("beta2 = 1", "Adam(beta2=beta2).beta2", "0.999"),
    "dropout of everything": Code("dropout = 1", "MLP([4, 3], dropout=dropout).dropout", "0"),
    "a step of nothing": Code("step = 0; x = np.ones(2)", "numerical_gradient(np.sum, x, step)", "np.ones(2)"),
    "no entries": Code(NET + "entries = 0", "max(check_gradients(model, X, y, entries=entries).values()) < 1e-6", "True"),
    "one size": Code("sizes = [4]", "MLP(sizes).sizes", "[784, 128, 10]"),
    "a layer without units": Code("sizes = [4, 0, 3]", "MLP(sizes).sizes", "[784, 128, 10]"),
    "another dtype": Code("dtype = int", "MLP([4, 3], dtype=dtype).forward(np.ones((1, 4))).shape", "(1, 3)"),
    "an unknown activation": Code("activation = 'tanh'", "MLP([4, 3, 2], activation).forward(np.ones((1, 4))).shape", "(1, 2)"),
    "weights that overflow": Code("init = 1e39", "MLP([4, 3], init=init).forward(np.ones((1, 4))).shape", "(1, 3)"),
    "the class of a network": Code(
        "model = MLP; dataset = load_mnist().subset(20)", "len(train(model, dataset, epochs=1, progress=False))", "1"
    ),
    "a split for a data set": Code(
        SMALL + "dataset = Split(images, labels)", "len(train(model, dataset, epochs=1, progress=False))", "1"
    ),
    "four arrays for a data set": Code(
        SMALL + "dataset = (images, labels, images, labels)", "len(train(model, dataset, epochs=1, progress=False))", "1"
    ),
    "a name for a data set": Code(
        "model = MLP([784, 2, 10]); dataset = 'mnist'", "next(training_steps(model, dataset, optimizer=SGD())).step", "1"
    ),
    "a name for an optimizer": Code(SMALL + "optimizer = 'adam'", "train_it(optimizer=optimizer)", "1"),
    "the class of an optimizer": Code(SMALL + "optimizer = Momentum", "train_it(optimizer=optimizer)", "1"),
    "a name for a schedule": Code(SMALL + "schedule = 'linear'", "train_it(schedule=schedule)", "1"),
    "a name for an augmentation": Code(
        "model = MLP([784, 10]); dataset = load_mnist().subset(20); augment = Warp",
        "len(train(model, dataset, epochs=1, progress=False, augment=augment))",
        "1",
    ),
    "a name for a recipe": Code(
        "dataset = load_mnist().subset(20); recipe = '99'", "follow(recipe, dataset, progress=False).sizes[-1]", "10"
    ),
    "no networks to join": Code("models = []", "joined(models).sizes[0]", "784"),
    "networks of two kinds to join": Code(
        "models = [MLP([4, 5, 3]), MLP([4, 6, 3]), MLP([4, 5, 3])]", "joined(models).sizes[1]", "10"
    ),
    "a report that is none": Code(SMALL + "report = True", "train_it(report=report)", "1"),
    "more epochs done than wanted": Code(
        SMALL + "epochs = 2; initial_epoch = 3", "train_it(epochs=epochs, initial_epoch=initial_epoch)", "2"
    ),
    "half an epoch done": Code(SMALL + "initial_epoch = 0.5", "train_it(initial_epoch=initial_epoch)", "1"),
    "patience without a validation split": Code(
        SET + "validation = 0; model = MLP([12, 10])",
        "len(train(model, Dataset.from_arrays(images, labels, validation=validation), epochs=1, patience=1, progress=False))",
        "1",
    ),
    "nothing left to train on": Code(
        SET + "validation = 36; model = MLP([12, 10])",
        "len(train(model, Dataset.from_arrays(images, labels, validation=validation), epochs=1, progress=False))",
        "1",
    ),
    "no patience": Code(SMALL + "patience = 0", "train_it(patience=patience)", "1"),
    "images of a split as wide integers": Code(
        SET + "model = MLP([12, 10]); dataset = Dataset(*[Split(images, labels)] * 3, range(10))",
        "len(train(model, Dataset(*[Split(images, labels)] * 3, range(10)), epochs=1, progress=False))",
        "1",
        to="images",
    ),
    "a learning rate that is too large": Code(
        SMALL + "learning_rate = 1e4", "train_it(learning_rate=learning_rate, epochs=3)", "3", steps=8
    ),
    "first weights that are too large": Code(
        SMALL + "init = 1e30; learning_rate = 0.1",
        "len(train(MLP([12, 8, 10], init=init), dataset, 1, learning_rate, progress=False))",
        "1",
    ),
    # data sets
    "names in a split": Code(
        SET + "labels = np.array(list('abcdefghij'))[labels]", "Split(images, labels).labels", "np.arange(40) % 10", to="labels"
    ),
    "images along the last axis of a split": Code(
        SET + "images = images.reshape(40, 3, 4).T", "Split(images, labels).images", "np.moveaxis(images, -1, 0)"
    ),
    "images along the last axis, from arrays": Code(
        SET + "images = images.reshape(40, 3, 4).T", "len(Dataset.from_arrays(images, labels).all)", "40"
    ),
    "a pair for a split": Code(
        SET + "train = (images, labels); test = Split(images, labels)",
        "len(Dataset(train, test, test, '').train)",
        "40",
        to="train",
    ),
    "text for pixels": Code(SET + "images = images.astype(str).tolist()", "len(Split(images, labels))", "40"),
    "complex pixels": Code(SET + "images = images * (1 + 0j)", "Split(images, labels).images", "images.real"),
    "masked pixels": Code(SET + "images = np.ma.masked_equal(images, 3)", "len(Split(images, labels))", "40"),
    "a generator of images": Code(SET + "images = zip(*images.T)", "len(Split(images, labels))", "40"),
    "a dictionary of images": Code(SET + "images = {'x': images}", "len(Split(images, labels))", "40"),
    "one-hot columns in a split": Code(
        SET + "labels = np.eye(10)[:, labels]", "Split(images, labels).labels", "np.arange(40) % 10"
    ),
    "probabilities in a split": Code(
        SET + "labels = softmax(np.eye(10)[labels])", "Split(images, labels).labels", "np.arange(40) % 10"
    ),
    "columns of labels in a split": Code(
        SET + "labels = [[label, 7] for label in labels]", "Split(images, labels).labels", "np.arange(40) % 10"
    ),
    "rows of labels in a split": Code(
        SET + "labels = [labels, labels + 7]", "Split(images, labels).labels", "np.arange(40) % 10"
    ),
    "dates as labels": Code(
        SET + "labels = np.array(labels, 'M8[D]')", "len(Dataset.from_arrays(images, labels).class_names)", "10"
    ),
    "one image": Code(
        SET + "images = images[0] * 20; labels = labels[:1]",
        "Dataset.from_arrays(images, labels, validation=0, test=0).train.images",
        "images[None]",
    ),
    "one pixel for each example": Code(SET + "images = images[:, 0]", "len(Dataset.from_arrays(images, labels).all)", "40"),
    "gaps in the test images": Code(
        SET + "test_images, test_labels = np.where(images > 200, np.nan, images), labels",
        "Dataset.from_arrays(images, labels, test_images, test_labels).test.images",
        "np.where(images > 200, 0, images)",
    ),
    "signed bytes from arrays": Code(
        SET + "images = images.astype(np.uint8).view(np.int8)",
        "Dataset.from_arrays(images, labels, test=0, validation=0).train.images",
        "images.view(np.uint8)",
    ),
    "signed bytes in both parts": Code(
        SET + "images = images.astype(np.uint8).view(np.int8); test_images, test_labels = images, labels",
        "Dataset.from_arrays(images, labels, test_images, test_labels).test.images",
        "images.view(np.uint8)",
    ),
    "pixels below 0": Code(
        SET + "images = images - 128", "Dataset.from_arrays(images, labels, test=0, validation=0).train.images", "images / 128"
    ),
    "16 shades in both parts": Code(
        SET + "images = images // 16; test_images, test_labels = images.tolist(), labels",
        "Dataset.from_arrays(images, labels, test_images, test_labels).test.images",
        "images / 15",
    ),
    "class names in a dictionary": Code(
        SET + "class_names = {label: f'class {label}' for label in range(9, -1, -1)}",
        "Dataset.from_arrays(images, labels, class_names=class_names).class_names.index('class 7')",
        "7",
    ),
    "class names in a dictionary from 1": Code(
        SET + "labels = labels + 1; class_names = {label: f'class {label}' for label in range(1, 11)}",
        "Dataset.from_arrays(images, labels, class_names=class_names).class_names[-1] == 'class 10'",
        "True",
        steps=2,
    ),
    "class names to numbers": Code(
        SET + "class_names = {f'class {label}': label for label in range(9, -1, -1)}",
        "Dataset.from_arrays(images, labels, class_names=class_names).class_names.index('class 7')",
        "7",
    ),
    "class names without that of 0": Code(
        SET + "labels = labels + 1; class_names = tuple('abcdefghij'); test_images, test_labels = images, labels",
        "[Dataset.from_arrays(images, labels, test_images, test_labels, class_names=class_names, validation=0).class_names["
        "Dataset.from_arrays(images, labels, test_images, test_labels, "
        "class_names=class_names, validation=0).test.labels[2]] == 'c']",
        "[True]",
        pieces=2,
    ),
    "too many class names": Code(
        SET + "class_names = 'abcdefghijkl'",
        "len(Dataset.from_arrays(images, labels, class_names=class_names).class_names)",
        "10",
    ),
    "a name that is missing": Code(
        SET + "labels = np.array(list('abcdefghij'))[labels]; class_names = list('abcdefghi')",
        "len(Dataset.from_arrays(images, labels, class_names=class_names).class_names)",
        "10",
    ),
    "labels below 0": Code(
        SET + "labels = labels - 1", "Dataset.from_arrays(images, labels, test=0, validation=0).train.labels", "labels + 1"
    ),
    "large labels in both parts": Code(
        SET + "labels = 10000 * labels; test_images, test_labels = images[[3]], labels[[3]]",
        "Dataset.from_arrays(images, labels, test_images, test_labels).test.labels",
        "[3]",
    ),
    "labels with gaps": Code(
        SET + "labels = labels + 50; class_names = None",
        "len(Dataset.from_arrays(images, labels, class_names=class_names).all)",
        "40",
        pieces=2,
    ),
}

SETTINGS = {
    "an unknown loss": Settings("loss = 'hinge'", "MLP([4, 3], loss=loss)", "loss", "must be one of ([^.]+), but"),
    "an unknown activation": Settings(
        "activation = 1", "MLP([4, 3, 2], activation)", "activation", "must be one of ([^.]+), but"
    ),
    "a dtype": Settings("dtype = 'f2'", "MLP([4, 3], dtype=dtype)", "dtype", r"must be (\w+) or (\w+)"),
    "init": Settings("init = 'hee'", "MLP([4, 3], init=init)", "init", 'must be "(he)", "(xavier)" or a positive number below'),
    "a number of init": Settings("init = -1", "MLP([4, 3], init=init)", "init", r"number below (\de\+\d+)"),
    "a part": Settings(
        SET + "part = 50", "Split(images, labels).split_off(part)", "part", r"from (\d+) to (\d+) or .* Try (0\.1)"
    ),
    "a share": Settings("rate = -0.5", "MLP([4, 3], dropout=rate)", "rate", "from (0) to below 1"),
    "an epoch": Settings(SMALL + "done = -1", "train_it(epochs=2, initial_epoch=done)", "done", r"from (\d+) to epochs = (\d+)"),
    "an optimizer to keep": Settings(
        "model = MLP([4, 3]); kind = 'Lion'; kinds = {'Lion': object, 'SGD': SGD, 'Momentum': Momentum, 'Nesterov': Nesterov, "
        "'RMSProp': RMSProp, 'Adam': Adam, 'AdamW': AdamW}",
        "save_checkpoint(folder / 'part.npz', model, kinds[kind](), 1)",
        "kind",
        "must be one of (.+), but",
    ),
    "an exercise": Settings("name = 'sofmax'", "check.recall(name).__name__", "name", "Did you mean '([^']+)'"),
    "an unknown question": Settings("name = 'midle pixel'", "check.predict(name)", "name", "Did you mean '([^']+)'"),
    "a question that is none": Settings("name = '?'", "check.predict(name)", "name", "There are '([^']+)'"),
    "a notebook without questions": Settings(
        "name = '99'", "check.look_back(name)", "name", "There are for '([^']+)', '([^']+)'"
    ),
    "an attribute of check": Settings("name = 'sofmax'", "getattr(check, name)", "name", r"Did you mean check\.(\w+)"),
    "an attribute that is none": Settings("name = 'zzzzz'", "getattr(check, name)", "name", r"There are: (.+)\."),
}

SEARCH = (
    "from concurrent.futures import ThreadPoolExecutor; trial = lambda x: {'score': x}; settings = [{'x': 3}]; "
    "workers = lambda: ThreadPoolExecutor(1); "
)
SEARCHED = "[result['values']['score'] for result in search(trial, settings, workers(), progress=False)]"

WORDS = {
    "a trial that is called already": Words(
        SEARCH + "trial = trial(3)", SEARCHED, "trial must be a function", "trial = lambda x: {'score': x}", "[3]"
    ),
    "no executor": Words(
        SEARCH + "workers = lambda: 2",
        SEARCHED,
        r"executor must be an Executor.*Processes\(2\)",
        "workers = lambda: ThreadPoolExecutor(1)",
        "[3]",
    ),
    "settings that are no dicts": Words(
        SEARCH + "settings = [3]", SEARCHED, "must be a list of dicts, one for each trial", "settings = [{'x': 3}]", "[3]"
    ),
    "settings that cannot be kept": Words(
        SEARCH + "settings = [{'x': {3}}]", SEARCHED, "numbers, words and lists of them", "settings = [{'x': 3}]", "[3]"
    ),
    "a line that is no result": Words(
        "file = folder / 'search.jsonl'; _ = file.write_text('3\\n')",
        "len(read_results(file))",
        "line 1 of .*Delete the line",
        "_ = file.write_text('')",
        "0",
    ),
    "a setting of a network that is made": Words(
        "model = MLP([4, 3, 2]); change = lambda: setattr(model, 'dropout', 0.5)",
        "change()",
        r"Make a new one: MLP\(\[4, 3, 2\], dropout=0.5\)",
        "change = lambda: MLP([4, 3, 2], dropout=0.5).dropout",
        "0.5",
    ),
    "the sizes of a network that is made": Words(
        "model = MLP([4, 3, 2]); change = lambda: setattr(model, 'sizes', [4, 2])",
        "change()",
        r"Make a new one: MLP\(\[4, 2\]\)",
        "change = lambda: MLP([4, 2]).sizes",
        "[4, 2]",
    ),
    "one split for all": Words(
        SET + "split = images",
        "len(Dataset(split, split, split, 'ab').train)",
        r"Split\(images, labels\)",
        "split = Split(images, labels)",
        "40",
    ),
    "a way back from two numbers": Words(
        "w = Tensor([1.0, 2.0]); L = w * w", "L.backward()", "Sum it first: .sum()", "L = L.sum()"
    ),
    "nothing": Words("Z = None", "relu(Z)", "without a return it gives None", "Z = (lambda: np.ones(2))()", "np.ones(2)"),
    "a word": Words("Z = 'Z.npy'", "relu(Z)", "Give the array itself", "Z = np.ones(2)", "np.ones(2)"),
    "rows of different lengths": Words(
        "Z = [[1.0], [1.0, 2.0]]",
        "relu(Z)",
        "Give every row the same number",
        "Z = np.array([[1.0, 0.0], [1.0, 2.0]])",
        "np.array([[1, 0], [1, 2]])",
    ),
    "an object that is no number": Words(
        "Z = np.array([1, None], object)", "relu(Z)", "such as None", "Z = np.array([1.0])", "[1.0]"
    ),
    "no examples": Words(
        "X = np.eye(3); mask = X[:, 0] > 9",
        "softmax(X[mask])",
        "Look at the slice or mask",
        "mask = X[:, 0] >= 0",
        "softmax(np.eye(3))",
    ),
    "a bias too many": Words(
        LAYER + "b = np.ones(4)",
        "linear(X, W, b)",
        "Print the shapes of W and b where they were made",
        "b = np.arange(3.0)",
        RIGHT,
    ),
    "NaN": Words(
        LABELS + "P[0, 0] = np.nan", "cross_entropy(P, Y)", "a division by 0, a log of 0", "P[0] = softmax(np.arange(3.0))"
    ),
    "labels of more classes": Words(
        NET + "y = y * 4", "model.loss_and_gradients(X, y)[0]", "make room for 9 classes", "model = MLP([4, 9])"
    ),
    "labels without a class": Words(
        NET + "y = y - 1", "model.loss_and_gradients(X, y)[1]", "leave out examples without", "X, y = X[y >= 0], y[y >= 0]"
    ),
    "labels that are not whole": Words(
        "y = np.array([1.0, np.nan])", "one_hot(y, 3)", "not whole, such as nan", "y = np.array([1])", "[[0, 1, 0]]"
    ),
    "labels and a gap": Words(
        "y = np.array(['a', None], object)", "one_hot(y, 3)", "not like the others, such as None", "y = np.array([1])"
    ),
    "labels that are objects": Words(
        "y = np.array([1, {}], object)", "one_hot(y, 3)", "no number, such as {}", "y = np.array([1])"
    ),
    "unequal rows": Words(
        "X = np.ones((5, 2)); y = np.arange(4)",
        "list(minibatches(X, y, 2, np.random.default_rng(0)))[0][1].shape",
        "Select the same rows of both",
        "X = X[:4]",
        "(2,)",
    ),
    "a network that has exploded": Words(
        NET + "model.parameters['W1'][...] = np.inf",
        "model.forward(X)",
        "Make a new one",
        "model = MLP([4, 3])",
        "MLP([4, 3]).forward(X)",
    ),
    "images that are no squares": Words(
        "X = np.ones((2, 10))", "Warp()(X, np.random.default_rng(0)).shape", "28 · 28 = 784", "X = np.ones((2, 784))", "(2, 784)"
    ),
    "smoothing with squares": Words(
        "loss, smoothing = 'mse', 0.1",
        "MLP([4, 3], loss=loss, label_smoothing=smoothing).label_smoothing",
        "Leave one of them out",
        "smoothing = 0",
        "0",
    ),
    "an optimizer without a direction": Words(
        "kind = type(SGD.__mro__[1].__name__, (SGD.__mro__[1],), {})",
        "kind().step({'b': np.ones(1)}, {'b': np.ones(1)})",
        "^$",
        "kind = SGD",
    ),
    "restored from too few arrays": Words(
        "model = MLP([4, 3]); state = {'W1': model.state['W1']}",
        "model.restore(state)",
        "Take the state of a network like this one",
        "state = MLP([4, 3], seed=1).state",
    ),
    "restored from NaN": Words(
        "model, other = MLP([4, 3]), MLP([4, 3]); other.parameters['W1'][0] = np.nan",
        "model.restore(other.state)",
        "Train a new network",
        "other = MLP([4, 3])",
    ),
    "a copy of NaN": Words(
        "model = MLP([4, 3]); model.parameters['W1'][0] = np.nan",
        "model.copy().sizes",
        "Train a new network",
        "model = MLP([4, 3])",
        "[4, 3]",
    ),
    # data sets
    "a word among pixels": Words(
        SET + "images = images.astype(object); images[0, 0] = 'x'",
        "len(Split(images, labels))",
        "Leave out what is no pixel",
        "images = images[:, 1:].astype(float)",
        "40",
    ),
    "no table": Words(
        SET + "images = 'digits.csv'",
        "len(Split(images, labels))",
        "Give an array, a table or a list",
        "images = np.ones((40, 2))",
        "40",
    ),
    "one label for all": Words(
        SET + "split = Split(images, labels)", "len(split[3])", r"split\[3:4\] in place of", "split = [0, 1, 2, split[3:4]]", "1"
    ),
    "images in a ragged list": Words(
        SET + "images = [[1, 2], [3]] * 20",
        "len(Split(images, labels))",
        "Give every row the same number",
        "images = [[1, 2], [3, 0]] * 20",
        "40",
    ),
    "labels of the wrong shape": Words(
        SET + "labels = np.zeros((3, 5))", "len(Split(images, labels))", "where they were made", "labels = np.zeros(40)", "40"
    ),
    "a gap among objects": Words(
        SET + "labels = labels.astype(object); labels[3] = None",
        "len(Split(images, labels))",
        "of the images too",
        "images, labels = np.delete(images, 3, 0), np.delete(labels, 3)",
        "39",
    ),
    "labels between whole numbers": Words(
        SET + "labels = labels * 1.0; labels[3] = 0.5",
        "len(Split(images, labels))",
        "of the images too",
        "images, labels = np.delete(images, 3, 0), np.delete(labels, 3)",
        "39",
    ),
    "masked labels": Words(
        SET + "labels = np.ma.masked_equal(labels, 3)",
        "len(Split(images, labels))",
        "of the images too",
        "images, labels = images[~labels.mask], labels.compressed()",
        "36",
    ),
    "labels of 300 digits": Words(
        SET + "labels = labels * 1e300", "len(Split(images, labels))", "Look at their column", "labels = np.arange(40)", "40"
    ),
    "labels of 400 digits": Words(
        SET + "labels = [10**400] * 40", "len(Split(images, labels))", "Look at their column", "labels = [1] * 40", "40"
    ),
    "images without pixels": Words(
        SET + "images = images[:, :0]",
        "len(Dataset.from_arrays(images, labels).all)",
        "slice or mask",
        "images = np.ones((40, 2))",
        "40",
    ),
    "other pixels to test on": Words(
        SET + "test = images[:, 1:]",
        "len(Dataset.from_arrays(images, labels, test, labels).test)",
        "to the same size",
        "test = images",
        "40",
    ),
    "another number of labels": Words(
        SET + "labels = labels[1:]", "len(Split(images, labels))", "select the same rows", "images = images[1:]", "39"
    ),
    "test images alone": Words(
        SET + "test = [images]", "len(Dataset.from_arrays(images, labels, *test).test)", "Give both or neither", "test = []", "4"
    ),
    "a set of class names": Words(
        SET + "names = set('abcdefghij')",
        "len(Dataset.from_arrays(images, labels, class_names=names).class_names)",
        "Write the names in that order",
        "names = list('abcdefghij')",
        "10",
    ),
    "too many names": Words(
        "images, labels = np.zeros((10_001, 1)), [f'n{i}' for i in range(10_001)]",
        "len(Dataset.from_arrays(images, labels).all)",
        "another column holds the labels",
        "labels = np.arange(10_001) % 2",
        "10_001",
    ),
    "no labels": Words(
        "images, labels = [], []",
        "len(Dataset.from_arrays(images, labels).all)",
        "the slice or mask",
        "images, labels = np.ones((40, 2)), [0, 1] * 20",
        "40",
    ),
    "too few class names": Words(
        SET + "names = 'abc'",
        "len(Dataset.from_arrays(images, labels, class_names=names).class_names)",
        "Give one name for each label",
        "names = 'abcdefghij'",
        "10",
    ),
    "a name without an example": Words(
        SET + "labels[labels == 4] = 3",
        "len(Dataset.from_arrays(images, labels, class_names='abcdefghij', test=0).train)",
        "at the place of its label",
        "labels[3] = 4",
        "36",
    ),
    # plots and labs
    "no history": Words(
        SMALL + "history = train(model, data, epochs=1, progress=False); history = type(history)()",
        "len(plots.learning_curves(history)[1]) > 9",
        "to the end of one",
        "history = train(model, data, 1, progress=False)",
        "True",
    ),
    "several histories, one of them empty": Words(
        SMALL + "history = train(model, data, epochs=1, progress=False); runs = {'a': history, 'b': type(history)()}",
        "len(plots.comparison(runs, 'runs')[1]) > 9",
        "to the end of one",
        "runs = {'a': history, 'b': history}",
        "True",
    ),
    "a pad for labels of other digits": Words(
        "model = MLP([784, 3])",
        "labs.pad(model.predict_proba).number is None",
        r"predict_proba of MLP\(\[784, 32, 10\]\)",
        "model = MLP([784, 32, 10])",
        "True",
    ),
}
