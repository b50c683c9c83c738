// SPDX-License-Identifier: AGPL-3.0-or-later
// While a comment is open and the page is seen, says so every twenty seconds, and whether an answer is being typed;
// the reply says in words who else is there. Nothing is kept: who stays silent is soon forgotten.
(() => {
  "use strict";
  const EVERY = 20000;
  const place = document.querySelector("[data-presence]");
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (!place || !token) return;
  const form = document.getElementById("act-answer");
  const lock = form?.querySelector("[data-soft-lock]");
  let typedAt = -Infinity, toldTyping = false, busy = false;

  const say = (element, words) => { if (element && element.textContent !== words) element.textContent = words; };
  function show(said) {
    say(place, said.looking);
    if (!lock) return;
    lock.hidden = !said.typing;
    say(lock.querySelector("[data-typing]"), said.typing);
  }
  async function tell() {
    if (busy || document.visibilityState !== "visible") return;
    busy = true;
    const typing = performance.now() - typedAt < EVERY;
    toldTyping = typing;
    const body = new URLSearchParams({ csrfmiddlewaretoken: token.value, typing: typing ? "1" : "0" });
    try {
      const reply = await fetch(place.dataset.presence, { method: "POST", body, credentials: "same-origin", redirect: "error" });
      if (reply.ok) show(await reply.json());
    } catch { /* no network: the next turn tries again */ }
    busy = false;
  }
  form?.addEventListener("input", (event) => {
    if (event.target.name === "nevertheless") return;
    typedAt = performance.now();
    if (!toldTyping) tell();
  });
  document.addEventListener("visibilitychange", tell);
  setInterval(tell, EVERY);
  tell();
})();
