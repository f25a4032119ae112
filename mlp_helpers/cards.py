"""How checks, questions, labs and the strip of a lesson look: one style, one set of icons, one word for each state.

An output may be all that is on a page, so each carries the whole style. It only adds to what reads well without: where
styles and icons are left out, as on GitHub or in a notebook that is not trusted, every state is still a word. Text has
the colour of the page; colours stand in lines and icons alone, each to be seen on white and on black.
"""

import html

STYLE = """<style>
.mlp-card, .mlp-strip, .mlp-lab {
  --mlp: #3a7dc9; box-sizing: border-box; max-width: 1120px; border: 1px solid var(--jp-border-color2, #bbb); border-radius: 12px;
  color: var(--jp-content-font-color1, inherit); font-family: var(--jp-content-font-family, sans-serif);
}
.mlp-card { margin: 0.6em 0 1em; font-size: var(--jp-content-font-size1, 14px); line-height: 1.5; }
.jp-RenderedHTMLCommon:has(> .mlp-card, > .mlp-strip) { padding-right: 0; }  /* they end where labs and code cells end */
.mlp-card, .mlp-lab { border-left: 4px solid var(--mlp) !important; padding: 0.8em 1.3em 1em; }
.mlp-not-yet { --mlp: #c2690c; }
.mlp-solved { --mlp: #2e8b50; }
.mlp-card svg, .mlp-strip svg { flex: none; color: var(--mlp); }
.mlp-head { display: flex; flex-wrap: wrap; align-items: center; gap: 0.1em 0.5em; margin-bottom: 0.4em; }
.mlp-state { display: inline-flex; align-items: center; gap: 0.4em; margin-left: auto; white-space: nowrap; }
.mlp-unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.mlp-more { margin-top: 0.6em; }
.mlp-told { display: flex; align-items: flex-start; gap: 0.6em; margin-top: 0.6em; }
.mlp-told > svg { margin-top: 0.2em; }
.mlp-unmarked { flex: none; width: 16px; }
.mlp-card pre {
  margin: 0.7em 0 0; padding: 0.6em 0.9em; border-radius: 6px; white-space: pre-wrap; color: inherit;
  background: var(--jp-layout-color2, transparent);
}
.mlp-card summary { width: fit-content; cursor: pointer; }
.mlp-values {
  margin-top: 0.6em; padding: 0.3em 0.6em; border-radius: 6px; overflow-x: auto; background: var(--jp-layout-color2, transparent);
}
.mlp-card table { margin: 0; border: none; font-size: inherit; }
.mlp-card tr { background: transparent !important; }
.mlp-card :is(a, summary, textarea, .jupyter-button):focus-visible, .mlp-strip a:focus-visible {
  outline: 2px solid var(--mlp); outline-offset: 2px;
}
.mlp-card :is(.widget-html, .widget-html-content) { width: 100%; margin: 0; font-size: inherit; line-height: inherit; }
.mlp-option.jupyter-button {
  width: auto; max-width: 100%; height: auto; min-height: 2.4em; margin: 0.25em 0; padding: 0.35em 1em; text-align: left;
  white-space: normal; line-height: 1.45; font-size: inherit; color: inherit; background: transparent; box-shadow: none;
  border: 1px solid var(--jp-border-color1, #888); border-radius: 8px;
}
.mlp-option.jupyter-button:hover, .mlp-option.mlp-chosen { border-color: var(--mlp); box-shadow: inset 4px 0 var(--mlp); }
.mlp-lab.mlp-lab { position: relative; overflow: visible; margin: 1em 0; padding: 0.35em 1em 0.1em; }
.mlp-lab::before {
  content: "Lab"; position: absolute; top: -0.75em; left: 1em; padding: 0 0.5em 0 1.9em; font-size: 14px; font-weight: 600;
  line-height: 1.5; background: no-repeat 0.4em center var(--jp-layout-color0, #fff) url("data:image/svg+xml,\
%3Csvg xmlns='http://www.w3.org/2000/svg' width='16' height='16' fill='none' stroke='%233a7dc9' stroke-width='1.5'%3E\
%3Cpath d='M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6'/%3E%3Ccircle cx='10' cy='4.5' r='2'/%3E%3Ccircle cx='6' cy='11.5' r='2'/%3E\
%3C/svg%3E");
}
.mlp-strip {
  display: flex; flex-wrap: wrap; align-items: center; gap: 0.2em 1.1em; padding: 0.5em 1.2em; margin: 0.4em 0; font-size: 13px;
  line-height: 1.6;
}
.mlp-strip > span { display: inline-flex; flex-wrap: wrap; align-items: center; gap: 0.1em 0.45em; }
.mlp-strip a { color: var(--jp-content-link-color, inherit); }
</style>"""
COLOURED = ("not yet", "solved")  # states with a colour of their own
DRAWN = {  # on 16 × 16
    "exercise": '<path d="M3 13l.8-3.2 7-7a1.7 1.7 0 0 1 2.4 2.4l-7 7zM9.5 4.1l2.4 2.4"/>',
    "question": '<path d="M5.2 5.6a2.8 2.8 0 1 1 4.2 2.4c-.9.6-1.4 1.1-1.4 2.2"/><path d="M8 13.2v.1" stroke-width="2"/>',
    "look back": '<path d="M3 3.5v3.2h3.2M3.3 6.6A5.2 5.2 0 1 1 2.9 9.3"/><path d="M8 5.6V8.5l2 1.3"/>',
    "answer": '<path d="M8 4.2C6.4 3 4.3 2.8 2 3v9.5c2.3-.2 4.4 0 6 1.2 1.6-1.2 3.7-1.4 6-1.2V3c-2.3-.2-4.4 0-6 1.2zv9.5"/>',
    "hint": '<path d="M5.8 11C5.8 9.3 4 8.8 4 6.3a4 4 0 0 1 8 0C12 8.8 10.2 9.3 10.2 11zM6.3 13.6h3.4"/>',
    "solution": '<circle cx="5" cy="11" r="2.7"/><path d="M7 9l6-6M10.5 5.5l2 2"/>',
    "note": '<circle cx="8" cy="8" r="6"/><path d="M8 7.5v3.7"/><path d="M8 4.9v.1" stroke-width="2"/>',
    "lesson": '<path d="M3 13.5V3.5A1.5 1.5 0 0 1 4.5 2H13v10H4.5A1.5 1.5 0 0 0 3 13.5zM4.5 14H13"/>',
    "minutes": '<circle cx="8" cy="8" r="6"/><path d="M8 4.5V8l2.3 1.7"/>',
    "previous": '<path d="M13 8H3.5M7 4L3 8l4 4"/>',
    "next": '<path d="M3 8h9.5M9 4l4 4-4 4"/>',
    "to do": '<circle cx="8" cy="8" r="5.7"/>',
    "guessed": '<circle cx="8" cy="8" r="5.7"/><circle cx="8" cy="8" r="2.2" fill="currentColor"/>',
    "not checked": '<circle cx="8" cy="8" r="5.7" stroke-dasharray="2.2 2.3"/>',
    "not yet": '<circle cx="8" cy="8" r="5.7"/><path d="M8 2.3a5.7 5.7 0 0 1 0 11.4z" fill="currentColor"/>',
    "solved": '<circle cx="8" cy="8" r="6.5" fill="currentColor"/><path d="M5 8.3l2.1 2.1L11 6" stroke="#fff"/>',
}


def icon(name):
    """Return a drawing of one line's height, in the colour of its card. It stands beside words, so nobody is told of it."""
    return (
        '<svg aria-hidden="true" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" '
        f'stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">{DRAWN[name]}</svg>'
    )


def in_html(text):
    """Return a text as HTML, with what stands between backquotes as code."""
    pieces = html.escape(text).split("`")
    return "".join(f"<code>{piece}</code>" if i % 2 else piece for i, piece in enumerate(pieces))


def heading(kind, title, state="", said=""):
    """Return the first line of a card: what it is, and how things stand.

    Parameters
    ----------
    kind : str
        An icon's name.
    title : str
    state : str
        "to do", "guessed", "answer" (which is explained), "not checked", "not yet" or "solved"; "" where nothing is asked.
    said : str
        Words for the state, where its name is not enough.
    """
    stands = ""
    if state:
        between = " " if title.endswith(".") else ": "
        stands = f'<span class="mlp-unseen">{between}</span><b class="mlp-state">{icon(state)} {html.escape(said or state)}</b>'
    return f'<div class="mlp-head">{icon(kind)} <b>{html.escape(title)}</b>{stands}</div>'


def option(words, marks, said):
    """Return an option as it is explained, with a tick before the right one and a dot before the one that was guessed.

    Parameters
    ----------
    words, said : str
        The option and its explanation, in HTML.
    marks : sequence of str
        "right", "your guess", both or none.
    """
    drawn = "solved" if "right" in marks else "guessed" if marks else ""
    before = icon(drawn) if drawn else '<span class="mlp-unmarked"></span>'
    told = f" <b>({', '.join(marks)})</b>" if marks else ""
    return f'<div class="mlp-told {colour(drawn)}">{before}<div>{words}{told}: {said}</div></div>'


def colour(state):
    """Return the class that gives a card the colour of its state; "" where the state has none of its own."""
    return f"mlp-{state.replace(' ', '-')}" if state in COLOURED else ""


def card(heading, body, state="", label=""):
    """Return a card in HTML, to be shown together with STYLE; ``label`` is its name for a screen reader."""
    group = f'role="group" aria-label="{html.escape(label)}" ' if label else ""
    plain = "border-left:4px solid #888;padding:0.8em 1.3em 1em"  # all that is left of it where there is no style
    classes = " ".join(filter(None, ["mlp-card", colour(state)]))
    return f'<div {group}class="{classes}" style="{plain}">{heading}{body}</div>'
