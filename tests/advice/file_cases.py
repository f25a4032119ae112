"""The messages about files: data sets, weights, checkpoints; and about photos."""

from .following import Code, Settings, Words

NET = (
    "rng = np.random.default_rng(0); W1, b1, W2, b2 = rng.random((5, 4)), rng.random(4), rng.random((4, 3)), rng.random(3); "
    "ours = {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}; X = rng.random((6, 5)); wanted = MLP.from_arrays(ours).predict_proba(X); "
)
MADE = "MLP.from_arrays({'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}).predict_proba(X)"
FROM = "MLP.from_arrays(arrays).predict_proba(X)"
NORMED = "arrays = MLP([4, 3, 2], batch_norm=True).to_arrays(); X = np.eye(4); "
LOAD = "len(load_mnist(0, folder=place).train)"
PLACE = "place = folder; write_set(place); "
FILE = "path = folder / 'labels'; path.write_bytes({}); "
READ = "len(read_idx(path))"
WHOLE = "path.write_bytes(idx(np.arange(3, dtype=np.uint8)))"
PART = (
    "path = folder / 'part.npz'; model, optimizer = MLP([4, 3, 2]), Adam(); optimizer.step(model.parameters, model.parameters); "
    "save_checkpoint(path, model, optimizer, 1); arrays = read_arrays(path); "
    'edit = lambda **changed: np.savez(path, **arrays | {f\'training.{n.replace("_", ".")}\': a for n, a in changed.items()}); '
)
RESUME = "len((load_checkpoint(path)[0] if alone is None else alone(path)).parameters)"
PAPER = "grey = np.full((200, 300), 220, np.uint8); "
DIGIT = "grey = np.full((200, 300), 220, np.uint8); grey[50:150, 150:162] = 30; "

CODE = {
    "weights transposed": Code(NET + "W1, W2 = W1.T, W2.T", MADE, "wanted"),
    "weights transposed, and biases as rows": Code(NET + "W1, W2, b1, b2 = W1.T, W2.T, b1[None], b2[None]", MADE, "wanted"),
    "biases as columns": Code(NET + "b1 = b1[:, None]", MADE, "wanted"),
    "weights as whole numbers": Code(NET + "W1 = (9 * W1).astype(int)", MADE + ".shape", "(6, 3)"),
    "other weights as whole numbers": Code(NET + "W2 = (9 * W2).astype(int)", MADE + ".shape", "(6, 3)"),
    "a vector of weights": Code(
        "W1, b1 = np.ones(5), np.ones(5)", "len(MLP.from_arrays({'W1': W1, 'b1': b1[:W1.shape[-1]]}).sizes)", "2"
    ),
    "one weight too large": Code(
        "W1, b1 = np.ones((2, 2), np.float32), np.full(2, 1e300)", "MLP.from_arrays({'W1': W1, 'b1': b1}).sizes", "[2, 2]"
    ),
    "sizes that are none": Code(NET + "arrays = ours | {'architecture': np.array('{\"sizes\": 5}')}", FROM, "wanted"),
    "a size that is none": Code(NET + "arrays = ours | {'architecture': np.array('{\"sizes\": [5, true]}')}", FROM, "wanted"),
    "an architecture without sizes": Code(NET + "arrays = ours | {'architecture': np.array('[]')}", FROM, "wanted"),
    "an architecture of other settings": Code(
        NET + "arrays = ours | {'architecture': np.array('{\"sizes\": [5, 4, 3], \"seed\": 1}')}", FROM, "wanted"
    ),
    "batch_norm that is neither": Code(
        NET + "arrays = ours | {'architecture': np.array('{\"sizes\": [5, 4, 3], \"batch_norm\": 2}')}", FROM, "wanted"
    ),
    "a folder that does not exist": Code(
        "model = MLP([4, 2]); path = folder / 'new/er' / 'net.npz'", "(model.save(path), MLP.load(path).sizes)[1]", "[4, 2]"
    ),
    "a network that was never saved": Code("model = MLP([4, 2]); path = folder / 'net.npz'", "MLP.load(path).sizes", "[4, 2]"),
    "an epoch that is none": Code(
        "model, history, epoch = MLP([4, 2]), [1, 2], -1",
        "(save_checkpoint(folder / 'x.npz', model, SGD(), epoch), load_checkpoint(folder / 'x.npz')[2])[1]",
        "2",
    ),
    "several sets": Code(
        "write_set(folder, 'emnist-letters-'); write_set(folder, 'emnist-digits-'); name = None",
        "len(load_mnist(0, folder=folder, name=name).train)",
        "20",
    ),
    "a set that is not there": Code(
        "write_set(folder, 'emnist-letters-'); name = 'kanji'", "len(load_mnist(0, folder=folder, name=name).train)", "20"
    ),
    "files whose labels begin at 1": Code(
        "labels = np.arange(20, dtype=np.uint8) % 10 + 1; write_set(folder, train_labels=labels, test_labels=labels); "
        "class_names = list('abcdefghij'); del labels",
        "load_mnist(0, folder=folder, class_names=class_names).class_names.index('c')",
        "3",
    ),
    "a photo in colours": Code(DIGIT + "grey = np.dstack([grey] * 3)", "read_photo(grey).box", "((50, 150), (150, 162))"),
    "a photo from 0 to 1": Code(DIGIT + "grey = grey / 255", "read_photo(grey).box", "((50, 150), (150, 162))"),
    "a photo of two bytes": Code(
        DIGIT + "grey = grey.astype(np.uint16) * 257", "read_photo(grey).box", "((50, 150), (150, 162))"
    ),
    "a photo of signed bytes": Code(DIGIT + "grey = grey.view(np.int8)", "read_photo(grey).box", "((50, 150), (150, 162))"),
    "a picture of MNIST": Code("grey = load_mnist(0).test.images[0]", "read_photo(grey).marks", "1"),
}

SETTINGS = {
    "a folder for a file of weights": Settings(
        "MLP([4, 2]).save(folder / 'net.npz'); name = '.'", "MLP.load(folder / name)", "name", r"Name a file in it: (.+)\."
    ),
    "a name with a slip": Settings(
        "MLP([4, 2]).save(folder / 'net.npz'); name = 'nett.npz'", "MLP.load(folder / name)", "name", r"Did you mean (.+)\?"
    ),
}

WORDS = {
    # a data set in a folder
    "no folder": Words(
        "write_set(folder); place = folder / 'train-images-idx3-ubyte'",
        LOAD,
        "Give the folder that holds",
        "place = folder",
        "20",
    ),
    "an empty folder": Words(
        "place = folder; (folder / 'a').mkdir()",
        LOAD,
        "Put the four IDX files of the set there. It holds 'a'",
        "write_set(folder)",
        "20",
    ),
    "a file too few": Words(
        PLACE + "file = folder / 't10k-labels-idx1-ubyte'; file.unlink()",
        LOAD,
        r"no file \*t10k-labels\*",
        "write_set(folder)",
        "20",
    ),
    "two test sets": Words(
        PLACE + "write_set(folder, test='test')",
        LOAD,
        "Move one of them elsewhere",
        "[file.unlink() for file in folder.glob('test-*')]",
        "20",
    ),
    "sets of two sizes": Words(
        PLACE + "write_set(place, test_images=np.zeros((20, 5, 5), np.uint8))",
        LOAD,
        "from the same set",
        "write_set(place)",
        "20",
    ),
    "images that were flattened": Words(
        "images = np.zeros((20, 16), np.uint8); write_set(folder, train_images=images, test_images=images); turn = True",
        "len(load_mnist(0, folder=folder, transpose=turn).train)",
        "Leave transpose out",
        "turn = False",
        "20",
    ),
    "names exchanged": Words(
        PLACE + "write_set(place, train_images=np.arange(20, dtype=np.uint8))",
        LOAD,
        "files' names exchanged",
        "write_set(place)",
        "20",
    ),
    "labels that are decimals": Words(
        "write_set(folder, train_labels=np.arange(20, dtype='f4') % 10); place, data = folder, None; "
        "files = [folder / 'train-images-idx3-ubyte', folder / 'train-labels-idx1-ubyte']",
        "len((data or load_mnist(0, folder=place)).train)",
        "read them with read_idx and give them to Dataset.from_arrays",
        "data = Dataset.from_arrays(*map(read_idx, files), validation=0, test=0)",
        "20",
    ),
    "labels in two columns": Words(
        "write_set(folder, train_labels=np.ones((20, 2), np.uint8)); place, data = folder, None",
        "len((data or load_mnist(0, folder=place)).train)",
        r"read_idx\(path\)\[:, 0\], and give it to Dataset.from_arrays",
        "data = Dataset.from_arrays(read_idx(place / 'train-images-idx3-ubyte'), "
        "read_idx(place / 'train-labels-idx1-ubyte')[:, 0], validation=0, test=0)",
        "20",
    ),
    "a file without images": Words(
        PLACE + "write_set(place, train_images=np.zeros((0, 4, 4), np.uint8))",
        LOAD,
        "with a whole copy",
        "write_set(place)",
        "20",
    ),
    "images of another set": Words(
        PLACE + "write_set(place, train_images=np.zeros((9, 4, 4), np.uint8))",
        LOAD,
        "from the same set",
        "write_set(place)",
        "20",
    ),
    "signed bytes in files": Words(
        "images = np.arange(320, dtype=np.uint8).view(np.int8).reshape(20, 4, 4); data = None; "
        "write_set(folder, train_images=images, test_images=images)",
        "len((data or load_mnist(0, folder=folder)).train)",
        r"\.view\(np\.uint8\).*read them with read_idx and give them to Dataset.from_arrays",
        "data = Dataset.from_arrays(read_idx(folder / 'train-images-idx3-ubyte').view(np.uint8), "
        "np.arange(20) % 10, validation=0, test=0)",
        "20",
    ),
    # one file
    "another name": Words(
        FILE.format("b''") + "path = folder / 'label'", READ, "Look at the name", "path = folder / 'labels'; " + WHOLE, "3"
    ),
    "a pointer": Words(FILE.format("b'version https://git-lfs'"), READ, "git lfs pull", WHOLE, "3"),
    "a zip archive": Words(FILE.format("b'PK' + bytes([3, 4])"), READ, "Unpack it first", WHOLE, "3"),
    "a damaged archive": Words(FILE.format("bytes([0x1f, 0x8b, 8])"), READ, "with a whole copy", WHOLE, "3"),
    "another format": Words(FILE.format("b'label,pixel'"), READ, "Look at what the file really holds", WHOLE, "3"),
    "200 axes": Words(FILE.format("bytes([0, 0, 8, 200])"), READ, "with a whole copy", WHOLE, "3"),
    "half a header": Words(FILE.format("bytes([0, 0, 8, 1, 0])"), READ, "with a whole copy", WHOLE, "3"),
    "half a file": Words(FILE.format("idx(np.arange(3, dtype=np.uint8))[:-1]"), READ, "with a whole copy", WHOLE, "3"),
    "no shape": Words(FILE.format("bytes([0, 0, 8, 3, 0, 0, 0, 0] + [255] * 8)"), READ, "with a whole copy", WHOLE, "3"),
    # weights
    "weights of other names": Words(
        NET + "arrays = {'0.weight': W1, '0.bias': b1}",
        FROM,
        r"It holds 0\.weight.*Give them these names",
        "arrays = {'W1': W1, 'b1': b1}; X = X",
        "",
    ),
    "weights counted from 0": Words(
        NET + "arrays = {'W0': W1, 'b0': b1, 'W1': W2, 'b1': b2}",
        FROM,
        "W0 becomes W1, b0 becomes b1, W1 becomes W2",
        "arrays = ours",
        "wanted",
    ),
    "filters": Words(
        NET + "arrays = ours | {'W1': np.ones((3, 3, 1, 8))}",
        FROM,
        "Only networks whose layers are matrices",
        "arrays = ours",
        "wanted",
    ),
    "weights that fit nothing": Words(
        NET + "arrays = ours | {'W2': np.ones((7, 7))}", FROM, "which of them is of another network", "arrays = ours", "wanted"
    ),
    "something else": Words(
        NET + "arrays = ours | {'date': np.ones(1)}", FROM, "it also holds date. Leave it out", "del arrays['date']", "wanted"
    ),
    "weights with NaN": Words(
        NET + "arrays = ours | {'b1': np.full(4, np.nan)}", FROM, "Train a new network", "arrays = ours", "wanted"
    ),
    "a variance below 0": Words(
        NORMED + "arrays['variance1'] = -np.ones(3)", FROM + ".shape", "Take an undamaged copy", NORMED, "(4, 2)"
    ),
    "an activation of others": Words(
        NET + 'arrays = ours | {\'architecture\': np.array(\'{"sizes": [5, 4, 3], "activation": "tanh"}\')}',
        FROM,
        "must be one of relu, sigmoid, but is 'tanh'. Others cannot be computed",
        "arrays = MLP.from_arrays(ours).to_arrays()",
        "wanted",
    ),
    "settings without an end": Words(
        NET + "arrays = ours | {'architecture': np.array('[' * 100_000)}", FROM, "nested too deeply", "arrays = ours", "wanted"
    ),
    "settings that are none": Words(
        NET + "arrays = ours | {'architecture': np.array('{')}", FROM, "are no JSON", "arrays = ours", "wanted"
    ),
    "NaN to save": Words(
        "model = MLP([4, 2]); model.parameters['b1'][0] = np.nan",
        "model.save(folder / 'x.npz')",
        "Train a new network",
        "model = MLP([4, 2])",
    ),
    "changed arrays of a file": Words(
        NET + "path = folder / 't.npz'; np.savez(path, W1=W1.T, b1=b1, W2=W2.T, b2=b2); arrays = None",
        "(MLP.from_arrays(arrays) if arrays else MLP.load(path)).predict_proba(X)",
        r"W1\.T, W2\.T\. dict\(np\.load\(path\)\) reads the arrays, and MLP\.from_arrays takes the changed arrays",
        "arrays = dict(np.load(path)); arrays |= {'W1': arrays['W1'].T, 'W2': arrays['W2'].T}",
        "wanted",
    ),
    "a file of something else": Words(
        "path = folder / 'x.npz'; path.write_bytes(b'PK'); model = MLP([4, 2])",
        "MLP.load(path).sizes",
        "save the network once more",
        "model.save(path)",
        "[4, 2]",
    ),
    "a file that says it is huge": Words(
        "import zipfile; path, model = folder / 'x.npz', MLP([4, 2]); "
        "head = b\"{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000000,)}\"; "
        "file = zipfile.ZipFile(path, 'w'); "
        "file.writestr('W1.npy', bytes([147]) + b'NUMPY' + bytes([1, 0, len(head), 0]) + head); "
        "file.close(); del file, zipfile",
        "MLP.load(path).sizes",
        "save the network once more",
        "model.save(path)",
        "[4, 2]",
    ),
    "a file for a folder": Words(
        "(folder / 'a').write_text('x'); path = folder / 'a/net.npz'; model = MLP([4, 2])",
        "(model.save(path), MLP.load(path).sizes)[1]",
        "Choose another folder",
        "path = folder / 'net.npz'",
        "[4, 2]",
    ),
    "a folder for a file": Words(
        "path = folder; model = MLP([4, 2])",
        "(model.save(path), MLP.load(path).sizes)[1]",
        "Name a file in it",
        "path = folder / 'net.npz'",
        "[4, 2]",
    ),
    # checkpoints: the network alone can be read
    **{
        name: Words(
            PART + f"edit({changed}); alone = None", RESUME, r"MLP\.load reads the network alone", "alone = MLP.load", "4"
        )
        for name, changed in {
            "no training": "about=np.array('{}')",
            "a square below 0": "square_W1=np.full((4, 3), -1.0)",
            "memory of another shape": "square_W1=np.ones((3, 3))",
            "more than is remembered": "velocity_W1=np.ones((4, 3))",
            "memory that is text": "mean_b1=np.array(['a', 'b', 'c'])",
            "a training of others": 'about=np.array(\'{"optimizer": "Lion", "epoch": 1, "steps": 1}\')',
            "steps below 0": 'about=np.array(\'{"optimizer": "SGD", "epoch": 1, "steps": -1}\')',
        }.items()
    },
    # photos, and what reads them
    "a pad for a network": Words(
        "model = MLP([784, 10]); f = model",
        "labs.pad(f).number is None",
        r"Try labs\.pad\(model\.predict_proba\)",
        "f = model.predict_proba",
        "True",
    ),
    "a pad for classes": Words(
        "model = MLP([784, 10]); f = model.predict",
        "labs.pad(f).number is None",
        r"try labs\.pad\(model\.predict_proba\)",
        "f = model.predict_proba",
        "True",
    ),
    "an attack on probabilities": Words(
        "model = MLP([784, 10]); f = model.predict_proba",
        "labs.attack(f).number",
        r"Try labs\.attack\(MLP\(\[784, 32, 10\]\)\)",
        "f = MLP([784, 32, 10])",
        "1",
    ),
    "a rate for the lab of dropout": Words(
        "f = 0.5",
        "labs.dropout(f).settings['rate']",
        r"Try labs\.dropout\(\)",
        "f = labs.dropout.__defaults__[0]",
        "0.3",
    ),
    "blank paper": Words(PAPER, "read_photo(grey).marks", "thick pen", "grey[50:150, 150:162] = 30", "1"),
    "a dot": Words(
        PAPER + "grey[50:53, 50:53] = 30", "read_photo(grey).marks", "Write larger", "grey[50:150, 150:162] = 30", "1"
    ),
    "ink along an edge": Words(
        PAPER + "grey[:, :20] = 30",
        "read_photo(grey).marks",
        "Leave paper on all sides",
        "grey = np.pad(grey, ((200, 200), (200, 0)), constant_values=220)",
        "1",
    ),
    "ink that fills the photo": Words(
        PAPER + "grey[10:190, 20:280] = 30",
        "read_photo(grey).marks",
        "from further away",
        "grey = np.pad(grey, 200, constant_values=220)",
        "1",
    ),
    "a page of letters": Words(
        PAPER
        + "[grey.__setitem__((slice(r, r + 16), slice(c, c + 8)), 30) for r in range(20, 180, 30) for c in range(20, 280, 30)]",
        "read_photo(grey).marks",
        "so that nothing else is on it",
        "grey = grey[10:46, 10:46]",
        "1",
    ),
    "a photo too small": Words(PAPER + "grey = grey[:9, :9]", "read_photo(grey).marks", "Take a larger one", DIGIT, "1"),
    "a photo of other numbers": Words(
        DIGIT + "grey = grey * 1.0 - 128", "read_photo(grey).marks", "Bring them to that range", "grey = grey + 128", "1"
    ),
    "the name of a photo": Words("grey = 'photo.png'", "read_photo(grey).marks", "Drop its file on the canvas", DIGIT, "1"),
}
