// A black square to draw on, by mouse, pen, finger or keyboard. Python gets its pixels as bytes, and can put a picture on it.
const PHOTO = 400, LARGEST = 50e6;                             // pixels a side of a photo that goes to Python; bytes of its file
const SHOWN = 280, SENT = 140, SIDE = 28, CELL = SHOWN / SIDE, PEN = 22;
const PAUSE = 40, PATIENCE = 3000;                             // milliseconds: between two messages at least; for an answer at most
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const HELP = "Draw a digit in the square. By keyboard: arrow keys move, Space sets or clears a pixel, Shift with an arrow key draws.";
const PHOTO_HELP = "A photo of a digit on plain paper: drop it on the square, or press Photo.";

function surface(size) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  return canvas.getContext("2d", { willReadFrequently: true });
}

function node(name, parent, look = {}, text = "") {
  const made = document.createElement(name);
  for (const key in look) made.setAttribute(key, look[key]);
  made.textContent = text;
  parent.append(made);
  return made;
}

function grey(picture) {                                       // its brightness, shrunk; behind transparent ink lies what it is seen on
  const shrink = Math.min(1, PHOTO / Math.max(picture.width, picture.height));
  const [columns, rows] = [picture.width, picture.height].map((n) => Math.max(1, Math.round(n * shrink)));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [columns, rows];
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, columns, rows);
  picture.close();
  const { data } = pen.getImageData(0, 0, columns, rows), pixels = new Uint8Array(rows * columns);
  const light = (i) => 0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2];
  let seen = 0, solid = 0;
  pixels.forEach((_, i) => { seen += light(i) * data[4 * i + 3]; solid += data[4 * i + 3]; });
  const behind = seen < 128 * solid ? 255 : 0;
  pixels.forEach((_, i) => { const share = data[4 * i + 3] / 255; pixels[i] = Math.round(share * light(i) + (1 - share) * behind); });
  return { rows, columns, pixels };
}

// What can be done to the canvas. Each is kept, so that the last one can be undone by doing all others again.
const ACTS = {
  clear(pen) {
    pen.fillStyle = "#000";
    pen.fillRect(0, 0, SHOWN, SHOWN);
  },
  stroke(pen, { points }, from = 0) {                          // from a point on: the rest has been drawn before
    pen.strokeStyle = "#fff";
    pen.lineWidth = PEN;
    pen.lineCap = pen.lineJoin = "round";
    pen.beginPath();
    pen.moveTo(...points[Math.max(0, from - 1)]);
    for (const point of points.slice(from)) pen.lineTo(...point);
    pen.stroke();
  },
  pixel(pen, { row, column, ink }) {
    pen.fillStyle = ink ? "#fff" : "#000";
    pen.fillRect(column * CELL, row * CELL, CELL, CELL);
  },
  picture(pen, { bytes }) {
    const small = surface(SENT), data = small.createImageData(SENT, SENT);
    bytes.forEach((value, i) => data.data.set([value, value, value, 255], 4 * i));
    small.putImageData(data, 0, 0);
    pen.imageSmoothingEnabled = false;
    pen.drawImage(small.canvas, 0, 0, SHOWN, SHOWN);
  },
};

function render({ model, el }) {
  el.style.cssText = "color:var(--jp-content-font-color1,#222);font:13px var(--jp-ui-font-family,sans-serif)";
  const box = node("div", el, { class: "mlp-pad", style: "width:282px;margin:6px 12px 0 5px" });
  node("style", box, {}, ".mlp-pad-canvas:focus-visible{outline:3px solid #3f90da;outline-offset:2px}");
  const buttons = node("div", box, { style: "display:flex;gap:4px;margin-bottom:6px" });
  const button = (name, text, action) =>
    node("button", buttons, { type: "button", class: `jupyter-button mlp-pad-${name}`, style: "flex:1" }, text).addEventListener("click", action);
  const files = node("input", buttons, { type: "file", accept: "image/*", hidden: "", class: "mlp-pad-file" });
  const square = node("div", box, { class: "mlp-pad-canvas", role: "application", tabindex: 0, "aria-roledescription": "drawing grid",
    "aria-label": `Canvas of ${SIDE} rows and ${SIDE} columns. ${HELP}`, "data-lm-suppress-shortcuts": "true",
    style: "position:relative;width:280px;height:280px;border:1px solid #888;touch-action:none;user-select:none;cursor:crosshair" });
  const shown = surface(SHOWN), sent = surface(SENT);
  shown.canvas.style.cssText = "display:block;width:280px;height:280px";
  square.append(shown.canvas);
  const cursor = node("div", square, { class: "mlp-pad-cursor", hidden: "", style: `position:absolute;box-sizing:border-box;width:${CELL + 2}px;
    height:${CELL + 2}px;border:2px solid #ffa90e;outline:1px solid #000;pointer-events:none` });
  const where = node("p", box, { class: "mlp-pad-where", "aria-live": "assertive", style: "margin:4px 0;min-height:1.4em" });
  const alarm = node("p", box, { class: "mlp-pad-alarm", role: "alert", style: "margin:0;font-weight:600" });
  node("p", box, { class: "mlp-pad-help", style: "margin:6px 0;line-height:1.4" }, `${HELP} ${PHOTO_HELP}`);

  let acts = [], stroke = null, pointer = null, at = [13, 13];
  const act = (kind, rest = {}) => { acts.push({ kind, ...rest }); ACTS[kind](shown, rest); };
  const repaint = () => { ACTS.clear(shown); for (const one of acts) ACTS[one.kind](shown, one); };

  // To Python: the newest pixels, when the last ones are PAUSE ago. The model keeps at most one message in flight.
  let timer = 0, last = 0, own = false, waiting = 0;
  const send = () => {
    timer = 0;
    last = performance.now();
    sent.drawImage(shown.canvas, 0, 0, SENT, SENT);
    const pixels = sent.getImageData(0, 0, SENT, SENT).data;
    own = true;
    model.set("value", new DataView(Uint8Array.from({ length: SENT * SENT }, (_, i) => pixels[4 * i]).buffer));
    own = false;
    wait();
    model.save_changes();
  };
  const wait = () => {
    waiting ||= setTimeout(() => { waiting = 0; alarm.textContent = "The kernel has not read the canvas yet: it is busy with another cell, or gone."; }, PATIENCE);
  };
  const heard = (message) => {
    if (message.answer !== "read" && message.answer !== "photo") return;
    clearTimeout(waiting);
    waiting = 0;
    alarm.textContent = message.said ?? "";
    if (message.answer === "photo") where.textContent = "";
  };
  const changed = () => { timer ||= setTimeout(send, Math.max(0, last + PAUSE - performance.now())); };
  const arrived = () => {                                      // from Python, or from another view of this canvas
    const value = model.get("value");
    if (own) return;
    if (value?.byteLength) act("picture", { bytes: new Uint8Array(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength)) });
    else act("clear");
  };

  const undo = () => {
    const undone = acts.pop();
    stroke = null;
    where.textContent = undone ? `Undone: the last ${undone.kind === "clear" ? "clearing" : undone.kind}.` : "There is nothing to undo.";
    if (!undone) return;
    repaint();
    changed();
  };
  button("undo", "Undo", undo);
  button("clear", "Clear", () => { stroke = null; act("clear"); where.textContent = "Cleared."; changed(); });

  // From a photo
  const load = async (file) => {
    if (!file) return;
    alarm.textContent = "";
    where.textContent = `Reading ${file.name} …`;
    try {
      if (file.size > LARGEST) throw new Error("too large");
      const { rows, columns, pixels } = grey(await createImageBitmap(file, { imageOrientation: "from-image" }));
      wait();
      model.send({ photo: file.name, rows, columns }, undefined, [pixels.buffer]);
    } catch {
      where.textContent = "";
      alarm.textContent = `${file.name} cannot be read as a picture. Choose a PNG or JPEG file of at most ${LARGEST / 1e6} MB.`;
    }
  };
  button("photo", "Photo …", () => files.click());
  files.addEventListener("change", () => { load(files.files[0]); files.value = ""; });
  for (const kind of ["dragenter", "dragover", "drop"]) box.addEventListener(kind, (event) => {
    event.preventDefault();                                    // or the browser would leave the page to show the picture
    event.stopPropagation();
    event.dataTransfer.dropEffect = "copy";
    if (kind !== "drop") return;
    if (event.dataTransfer.files.length) load(event.dataTransfer.files[0]);
    else alarm.textContent = "That is not a file. Save the picture first, then drop the file here.";
  });

  // By mouse, pen or finger
  const place = (event) => {
    const seen = shown.canvas.getBoundingClientRect();
    return [((event.clientX - seen.left) * SHOWN) / seen.width, ((event.clientY - seen.top) * SHOWN) / seen.height];
  };
  const down = (event) => {
    if (event.button !== 0 || stroke) return;
    event.preventDefault();
    square.focus({ preventScroll: true });
    square.setPointerCapture(event.pointerId);
    pointer = event.pointerId;
    cursor.hidden = true;
    where.textContent = "";
    const [x, y] = place(event);
    stroke = { points: [[x, y], [x + 0.01, y]] };              // a canvas draws no line of length 0
    act("stroke", stroke);
    changed();
  };
  const move = (event) => {
    if (!stroke || event.pointerId !== pointer) return;
    const from = stroke.points.length, passed = event.getCoalescedEvents?.() ?? [];
    stroke.points.push(...(passed.length ? passed : [event]).map(place));
    ACTS.stroke(shown, stroke, from);
    changed();
  };
  const up = (event) => { if (event.pointerId === pointer) stroke = pointer = null; };
  square.addEventListener("pointerdown", down);
  square.addEventListener("pointermove", move);
  for (const kind of ["pointerup", "pointercancel", "lostpointercapture"]) square.addEventListener(kind, up);

  // By keyboard
  const inked = ([row, column]) => {
    const pixels = shown.getImageData(column * CELL, row * CELL, CELL, CELL).data;
    return pixels.reduce((sum, value, i) => sum + (i % 4 ? 0 : value), 0) > 127 * CELL * CELL;
  };
  const pixel = (ink) => { act("pixel", { row: at[0], column: at[1], ink }); changed(); };
  const tell = () => {
    cursor.hidden = false;
    [cursor.style.top, cursor.style.left] = at.map((i) => `${i * CELL - 1}px`);
    where.textContent = `Row ${at[0]}, column ${at[1]}: ${inked(at) ? "ink" : "empty"}.`;
  };
  square.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (arrow) at = at.map((i, axis) => Math.min(SIDE - 1, Math.max(0, i + arrow[axis])));
    if (arrow && event.shiftKey && !inked(at)) pixel(true);
    if (event.key === " ") pixel(!inked(at));
    const undoing = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey);
    if (undoing) undo();
    else if (arrow || event.key === " ") tell();
    if (!arrow && event.key !== " " && !undoing) return;
    event.preventDefault();
    event.stopPropagation();
  });
  square.addEventListener("focus", () => { if (square.matches(":focus-visible") && !stroke) tell(); });
  square.addEventListener("blur", () => { cursor.hidden = true; });

  repaint();
  if (model.get("value")?.byteLength) arrived();
  model.on("change:value", arrived);
  model.on("msg:custom", heard);
  return () => {
    model.off("change:value", arrived);
    model.off("msg:custom", heard);
    for (const one of [timer, waiting]) clearTimeout(one);
  };
}

export default { render };
