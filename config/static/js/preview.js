// SPDX-License-Identifier: AGPL-3.0-or-later
// The change one proposes, compared by the server while one types. Without this script a button does it.
(() => {
  "use strict";
  const PAUSE = 500;      // milliseconds without typing before the server is asked
  const FIELDS = ["csrfmiddlewaretoken", "kind", "proposed_wording"];

  function follow(form) {
    const shown = form.querySelector("[data-preview-change]");
    const button = form.querySelector("[data-preview-button]");
    if (!shown || !button) return;
    let timer = 0, asking = null, asked = null;

    const typed = () => new URLSearchParams(FIELDS.map((name) => [name, form.elements[name]?.value ?? ""]));
    async function ask() {
      const body = typed();
      if (String(body) === asked) return;
      asking?.abort();
      const mine = asking = new AbortController();
      try {
        const answer = await fetch(form.dataset.preview,
          { method: "POST", body, credentials: "same-origin", redirect: "error", signal: mine.signal });
        if (!answer.ok) throw new Error(String(answer.status));
        const piece = new DOMParser().parseFromString(await answer.text(), "text/html");
        shown.replaceChildren(...piece.body.childNodes);
        asked = String(body);
        button.hidden = true;
      } catch (trouble) {
        if (trouble.name !== "AbortError") button.hidden = false;   // signed out, or no network: the button says why
      }
    }
    const soon = () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); };
    form.addEventListener("input", (event) => { if (FIELDS.includes(event.target.name)) soon(); });
    button.hidden = true;
    ask();
  }

  for (const form of document.querySelectorAll("form[data-preview]")) follow(form);
})();
