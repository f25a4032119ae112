// In the page: say when the browser's storage is full, and why a file could not be read or written, for which the kernel waits.
{
  const FULL = "This browser's storage is full: what you write now is not kept. Open keep_your_work.ipynb and press Export, then make room, for example by deleting downloads, and save once more.";
  const say = () => {
    if (document.getElementById("course-storage")) return;
    const box = document.createElement("div"), words = document.createElement("p"), close = document.createElement("button");
    box.id = "course-storage";
    box.setAttribute("role", "alert");
    box.style.cssText = "position:fixed;inset:0 0 auto 0;z-index:20000;padding:0 1em 0.8em;background:#fff3cd;color:#222;font:16px/1.4 sans-serif";
    words.textContent = FULL;
    close.textContent = "Close";
    close.onclick = () => box.remove();
    box.append(words, close);
    document.body.append(box);
  };
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...wanted) {
    const made = begin.apply(this, wanted);
    made.addEventListener("abort", () => made.error?.name === "QuotaExceededError" && say());
    return made;
  };
  window.courseRefusal = (error) => {  // site.py writes this call into JupyterLite
    const absent = error instanceof URIError || error?.response?.status === 404 || /could not find/i.test(error?.message ?? error);
    return { refused: error?.name === "QuotaExceededError" ? "ENOSPC" : absent ? "ENOENT" : "EIO" };
  };
  navigator.storage?.persist?.();  // so that the browser does not make room by deleting a learner's work
}
