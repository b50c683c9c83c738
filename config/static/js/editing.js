// SPDX-License-Identifier: AGPL-3.0-or-later
// While one types: the change is compared by the server, and what is typed is kept there until it is saved.
(() => {
  "use strict";
  const PAUSE = 700;      // milliseconds without typing before the server is asked
  const FIELDS = ["csrfmiddlewaretoken", "heading", "text", "revision"];

  function follow(form) {
    const compared = form.querySelector("[data-compared]");
    const kept = form.querySelector("[data-kept]");
    let timer = 0, latest = 0;

    const typed = () => new URLSearchParams(FIELDS.map((name) => [name, form.elements[name]?.value ?? ""]));
    const send = (address, body) => fetch(address, { method: "POST", body, credentials: "same-origin", redirect: "error" });

    async function keep(body) {
      let ok = false;
      try { ok = (await send(form.dataset.keep, body)).ok; } catch { /* no network: the words below say so */ }
      const words = ok ? kept.dataset.keptWords : kept.dataset.lostWords;
      if (kept.textContent !== words) kept.textContent = words;
    }
    async function compare(body, mine) {
      try {
        const answer = await send(form.dataset.compare, body);
        if (!answer.ok || mine !== latest) return;
        const piece = new DOMParser().parseFromString(await answer.text(), "text/html");
        compared.replaceChildren(...piece.body.childNodes);
      } catch { /* the change is shown again at the next pause */ }
    }
    function pause() {
      const body = typed(), mine = ++latest;
      keep(body);
      compare(body, mine);
    }
    const soon = () => { clearTimeout(timer); timer = setTimeout(pause, PAUSE); };
    form.addEventListener("input", (event) => { if (FIELDS.includes(event.target.name)) soon(); });
    // Somebody may type before this script has come.
    if (FIELDS.some((name) => form.elements[name] && form.elements[name].value !== form.elements[name].defaultValue)) soon();
  }

  for (const form of document.querySelectorAll("form[data-keep]")) follow(form);
})();
