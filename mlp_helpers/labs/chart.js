// A chart from a description in plain numbers: panes with lines, points, bars, pictures and words, as one SVG.
// The description comes from Python (chart.py); the same one is drawn by matplotlib where there is no browser.
const NS = "http://www.w3.org/2000/svg";
const HALO = "paint-order:stroke;stroke:var(--jp-layout-color0,#fff);stroke-width:5px";
const DASHES = { solid: "", dashed: "7 4", dotted: "2 3", dashdot: "7 3 2 3" };
const LETTERS = 12;                                            // pixels: the size of all words, however narrow the chart
const TIGHT = 0.9;                                             // of its width: with less room its panes go below each other
const UNSEEN = "position:absolute;clip:rect(0,0,0,0);overflow:hidden;width:1px;height:1px;margin:-1px;white-space:nowrap";
const KEYS = { ArrowLeft: "left", ArrowRight: "right" };

function make(name, attributes = {}, parent = null, text = null) {
  const node = document.createElementNS(NS, name);
  for (const key in attributes) if (attributes[key] !== null) node.setAttribute(key, attributes[key]);
  if (text !== null) node.textContent = text;
  parent?.append(node);
  return node;
}

const short = (value) => {
  const size = Math.abs(value);
  if (value !== 0 && (size >= 1e5 || size < 1e-3)) return value.toExponential(0);
  return String(+value.toPrecision(3));
};

function ticks([low, high], log) {
  if (log) {
    const found = [];
    for (let k = Math.ceil(Math.log10(low)); k <= Math.floor(Math.log10(high)); k++) found.push(10 ** k);
    const every = Math.ceil(found.length / 8);                 // at most eight of them
    return found.filter((_, i) => i % every === 0);
  }
  const rough = (high - low) / 4, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough) ?? power;
  const found = [];
  for (let t = Math.ceil(low / step) * step; t <= high + step * 1e-9; t += step) found.push(+t.toPrecision(12));
  return found;
}

function scale([low, high], from, to, log) {
  const at = log ? Math.log10 : (v) => v, a = at(low), b = at(high);
  return (value) => from + ((to - from) * (at(value) - a)) / (b - a || 1);
}

function picture(series) {                                     // bytes, row by row from the top, to an image
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [series.columns, series.rows];
  const bytes = Uint8ClampedArray.from(atob(series.rgba), (c) => c.charCodeAt(0));
  canvas.getContext("2d").putImageData(new ImageData(bytes, series.columns, series.rows), 0, 0);
  return canvas.toDataURL();
}

const DRAW = {
  line(s, x, y, layer) {
    let d = "", move = true;                                   // a null makes a gap
    s.x.forEach((v, i) => {
      const gap = v === null || s.y[i] === null;
      if (!gap) d += `${move ? "M" : "L"}${x(v).toFixed(1)},${y(s.y[i]).toFixed(1)}`;
      move = gap;
    });
    make("path", { d, fill: "none", stroke: s.color ?? "currentColor", "stroke-width": s.width ?? 2,
      "stroke-dasharray": DASHES[s.dash ?? "solid"], "stroke-opacity": s.opacity ?? 1, "stroke-linejoin": "round" }, layer);
  },
  points(s, x, y, layer) {
    s.x.forEach((v, i) => {
      const [cx, cy, r] = [x(v), y(s.y[i]), s.size ?? 3.5], look = { fill: s.color ?? "currentColor", stroke: s.edge ?? "none" };
      if (s.shape === "square") make("rect", { x: cx - r, y: cy - r, width: 2 * r, height: 2 * r, ...look }, layer);
      else if (s.shape === "triangle") make("path", { d: `M${cx},${cy - 1.3 * r}l${1.2 * r},${2.1 * r}h${-2.4 * r}z`, ...look }, layer);
      else make("circle", { cx, cy, r, ...look }, layer);
    });
  },
  bars(s, x, y, layer) {
    s.y.forEach((v, i) => {
      const [left, right, top, bottom] = [x(i - 0.4), x(i + 0.4), y(Math.max(v, 0)), y(Math.min(v, 0))];
      make("rect", { x: left, y: top, width: right - left, height: Math.max(0, bottom - top), fill: s.colors?.[i] ?? s.color }, layer);
      if (s.texts) make("text", { x: (left + right) / 2, y: top - 3, "text-anchor": "middle", fill: "currentColor" }, layer, s.texts[i]);
    });
  },
  image(s, x, y, layer) {
    const [left, right, top, bottom] = [x(s.extent[0]), x(s.extent[1]), y(s.extent[3]), y(s.extent[2])];
    make("image", { href: picture(s), x: left, y: top, width: right - left, height: bottom - top, preserveAspectRatio: "none",
      style: s.smooth ? "" : "image-rendering:pixelated" }, layer);
  },
  text(s, x, y, layer) {
    make("text", { x: x(s.x), y: y(s.y), "text-anchor": s.anchor ?? "middle", fill: s.color ?? "currentColor",
      "font-weight": s.bold ? 600 : null,
      style: s.halo ? HALO : null }, layer, s.text);
  },
};

function legend(pane, group, grown) {                          // left, right, or low (at the right, below)
  const named = pane.series.filter((s) => s.label), [l, t, width, height] = pane.box, line = 15 * grown;
  const left = pane.legend ? l + width - 36 - ((pane.legendwidth ?? 150) - 36) * grown : l;
  const top = pane.legend === "low" ? t + height - line * named.length - 8 : t;
  named.forEach((s, i) => {
    const y = top + line * (i + 1) - 1, color = s.color ?? "currentColor";
    if (s.kind === "points") make("circle", { cx: left + 18, cy: y - 4, r: 4, fill: color, stroke: s.edge ?? "none" }, group);
    else make("line", { x1: left + 8, x2: left + 30, y1: y - 4, y2: y - 4, stroke: color, "stroke-width": s.width ?? 2,
      "stroke-dasharray": DASHES[s.dash ?? "solid"], "stroke-opacity": s.opacity ?? 1 }, group);
    make("text", { x: left + 36, y, fill: "currentColor", style: HALO }, group, s.label);
  });
}

// Where the panes go in so much room: as described, or, where that is too narrow, in columns one below the other.
function arranged({ width, height, panes }, room) {
  if (room >= TIGHT * width) return { width, height, panes };
  const columns = [];                                          // panes that stand above each other stay together
  for (const pane of [...panes].sort((a, b) => a.box[0] - b.box[0])) {
    const [left, , across] = pane.box, last = columns.at(-1);
    if (last && left < last.right) [last.right, last.panes] = [Math.max(last.right, left + across), [...last.panes, pane]];
    else columns.push({ left, right: left + across, panes: [pane] });
  }
  columns.forEach((column, i) => {                             // each reaches to where the next one's margin begins
    const before = columns[i - 1];
    column.start = before ? Math.min(before.right + 10, column.left) : 0;
    if (before) before.end = column.start;
  });
  columns.at(-1).end = width;
  let x = 0, row = 0, widest = 0;
  const shift = new Map();
  for (const { start, end, panes: own } of columns) {
    if (x && x + end - start > room) [x, row] = [0, row + 1];
    for (const pane of own) shift.set(pane, [x - start, row * height]);
    x += end - start;
    widest = Math.max(widest, x);
  }
  const moved = (pane) => ({ ...pane, box: [pane.box[0] + shift.get(pane)[0], pane.box[1] + shift.get(pane)[1], ...pane.box.slice(2)] });
  return { width: widest, height: (row + 1) * height, panes: panes.map(moved) };
}

function drawPane(pane, number, prefix, grown) {               // grown: the size of letters, where the picture is shrunk
  const group = make("g");
  const [left, top, width, height] = pane.box, right = left + width, bottom = top + height;
  const x = scale(pane.xlim, left, right, pane.xlog), y = scale(pane.ylim, bottom, top, pane.ylog);
  const clip = make("clipPath", { id: `${prefix}-${number}` }, group);
  make("rect", { x: left, y: top, width, height }, clip);
  const layer = make("g", { "clip-path": `url(#${prefix}-${number})` }, group);
  for (const series of pane.series) DRAW[series.kind](series, x, y, series.kind === "text" || series.texts ? group : layer);
  make("rect", { x: left, y: top, width, height, fill: "none", stroke: "currentColor", "stroke-opacity": 0.4 }, group);
  const faint = { fill: "currentColor", "fill-opacity": 0.85 };
  if (pane.xticks !== false)
    (pane.xnames ? pane.xnames.map((name, i) => [i, name]) : ticks(pane.xlim, pane.xlog).map((t) => [t, short(t)])).forEach(([t, name]) =>
      make("text", { x: x(t), y: bottom + 3 + 12 * grown, "text-anchor": "middle", ...faint }, group, name));
  if (pane.yticks !== false)
    (pane.ynames ? pane.ynames.map((name, i) => [i, name]) : ticks(pane.ylim, pane.ylog).map((t) => [t, short(t)])).forEach(([t, name]) =>
      make("text", { x: left - 5, y: y(t) + 4 * grown, "text-anchor": "end", ...faint }, group, name));
  make("text", { x: left + width / 2, y: top - 8, "text-anchor": "middle", fill: "currentColor", "font-weight": 600 }, group, pane.title ?? "");
  make("text", { x: left + width / 2, y: bottom + 3 + 29 * grown, "text-anchor": "middle", fill: "currentColor" }, group, pane.xlabel ?? "");
  make("text", { x: left - 40, y: top + height / 2, "text-anchor": "middle", fill: "currentColor",
    transform: `rotate(-90 ${left - 40} ${top + height / 2})` }, group, pane.ylabel ?? "");
  legend(pane, group, grown);
  return group;
}

// What ipywidgets gives to the eye alone: the label and the shown value of a slider, what a group of buttons is about.
function nameControls(place) {
  const tell = (node, name, value) => { if (node.getAttribute(name) !== value) node.setAttribute(name, value); };  // or it would never end
  for (const slider of place.querySelectorAll(".widget-slider")) {
    const [label, handle, readout] = [".widget-label", ".noUi-handle", ".widget-readout"].map((kind) => slider.querySelector(kind));
    if (!label?.textContent || !handle || !readout) continue;
    tell(handle, "aria-label", label.textContent);
    tell(handle, "aria-valuetext", readout.textContent);
    if (slider.classList.contains("mlp-listed")) tell(readout, "contenteditable", "false");
    else {
      tell(readout, "role", "textbox");
      tell(readout, "aria-label", `${label.textContent}, as a number`);
    }
  }
  for (const preset of place.querySelectorAll(".mlp-preset")) tell(preset, "aria-label", preset.title);
  for (const group of place.querySelectorAll(".widget-toggle-buttons")) {
    const label = group.querySelector(".widget-label");
    [label.style.flexShrink, label.style.marginRight] = ["0", "4px"];        // in a narrow window it would become "n…"
    tell(group, "role", "group");
    tell(group, "aria-label", label.textContent);
    for (const button of group.querySelectorAll("button")) {
      tell(button, "aria-label", `${label.textContent}: ${button.textContent.trim()}`);
      tell(button, "aria-pressed", String(button.classList.contains("mod-active")));
    }
  }
}

function render({ model, el }) {
  const prefix = `c${Math.random().toString(36).slice(2)}`;
  const paragraph = (look) => { const made = document.createElement("p"); made.style.cssText = look; el.append(made); return made; };
  el.style.cssText = "position:relative;color:var(--jp-content-font-color1,#222);font:13px var(--jp-ui-font-family,sans-serif)";
  const ruler = paragraph("height:0;margin:0;max-width:100%");  // as wide as the chart wants to be, or as there is room
  const svg = make("svg", { role: "img" }, el);
  const words = paragraph("margin:4px 0;max-width:60em;min-height:2.8em;line-height:1.4");
  words.className = "mlp-words";
  const spoken = paragraph(UNSEEN), alarm = paragraph("font-weight:600;margin:0");
  spoken.setAttribute("aria-live", "polite");
  alarm.setAttribute("role", "alert");
  let announced = 0, pending = 0, answered = 0, drawn = "", told = "";

  const announce = (text) => {                                 // at most once in a second: a screen reader must keep up
    told = text;
    clearTimeout(pending);
    pending = setTimeout(() => {
      announced = performance.now();
      spoken.textContent = text;
      pending = setTimeout(() => { spoken.textContent = ""; }, 1000);        // who reads on would find it twice
    }, Math.max(0, announced + 1000 - performance.now()));
  };
  const draw = () => {
    const spec = model.get("spec");
    if (!spec.panes) return;
    ruler.style.width = `${spec.width}px`;
    const room = ruler.clientWidth || spec.width, { width, height, panes } = arranged(spec, room);
    const grown = Math.max(1, width / room);
    drawn = `${width} ${grown}`;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.style.cssText = `display:block;width:${width}px;max-width:100%;font-size:${LETTERS * grown}px;aspect-ratio:${width}/${height}`;
    svg.setAttribute("aria-label", spec.title ?? "chart");
    svg.replaceChildren(...panes.map((pane, i) => drawPane(pane, i, prefix, grown)));
    svg.dataset.frame = spec.frame ?? 0;
    if (spec.live && performance.now() - answered > 1000) {              // the kernel trains on while somebody is looking
      answered = performance.now();
      model.send({ drawn: spec.frame });
    }
    const text = spec.words ?? "";
    if (words.textContent !== text) words.textContent = text;
    if (told !== text && !spec.live) announce(text);           // nobody wants to hear every step of a training
  };
  const resized = new ResizeObserver(() => {
    const spec = model.get("spec");
    if (!spec.panes || !ruler.clientWidth) return;
    const { width } = arranged(spec, ruler.clientWidth);
    if (drawn !== `${width} ${Math.max(1, width / ruler.clientWidth)}`) draw();
  });
  resized.observe(ruler);

  // Whether a kernel is behind it: asked when it is shown, and when somebody touches the lab.
  let waiting = 0;
  const ask = () => {
    if (waiting) return;
    waiting = setTimeout(() => { waiting = 0; alarm.textContent = "This lab is not connected to a running kernel, or the kernel is busy with another cell. Run its cell again."; }, 3000);
    model.send({ ask: "alive" });                              // after the alarm is set: it fails when the kernel is gone
  };
  const heard = (message) => {
    if (message.answer !== "alive") return;
    clearTimeout(waiting);
    waiting = 0;
    alarm.textContent = "";
  };
  const step = (event) => {                                    // by the arrow keys, where the lab wants them and no slider does
    const key = KEYS[event.key], button = event.target.closest("button");
    if (!model.get("spec").keys || !key || !button) return;
    event.preventDefault();
    event.stopPropagation();
    model.send({ key });
  };
  const around = () => el.closest(".jp-OutputArea-output") ?? el;
  let place = null;
  const settle = setTimeout(() => {
    place = around();
    for (const kind of ["pointerdown", "keydown"]) place.addEventListener(kind, ask, true);
    place.addEventListener("keydown", step);
    nameControls(place);
    const seen = { childList: true, subtree: true, characterData: true, attributes: true };
    changed.observe(place, { ...seen, attributeFilter: ["class", "aria-valuetext"] });
  }, 0);
  const changed = new MutationObserver((changes) => { if (changes.some(({ target }) => !el.contains(target))) nameControls(place); });

  model.on("change:spec", draw);
  model.on("msg:custom", heard);
  draw();
  ask();
  return () => {
    model.off("change:spec", draw);
    model.off("msg:custom", heard);
    for (const timer of [settle, waiting, pending]) clearTimeout(timer);
    changed.disconnect();
    resized.disconnect();
    for (const kind of ["pointerdown", "keydown"]) place?.removeEventListener(kind, ask, true);
    place?.removeEventListener("keydown", step);
  };
}

export default { render };
