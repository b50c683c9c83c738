// SPDX-License-Identifier: AGPL-3.0-or-later
// How far a run is, once a second until it ends. Without this script a link does it.
(() => {
  "use strict";
  const PAUSE = 1000;     // milliseconds between two looks
  const shown = document.querySelector("[data-progress][data-running]");
  if (!shown) return;
  async function look() {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", redirect: "error" });
      if (!answer.ok) return;                       // signed out: the link says why
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const news = page.querySelector("[data-progress]");
      if (!news || !news.hasAttribute("data-running")) { location.reload(); return; }
      shown.replaceChildren(...news.childNodes);
    } catch { /* no network: the next look asks again */ }
    setTimeout(look, PAUSE);
  }
  document.querySelector("[data-refresh]")?.setAttribute("hidden", "");
  setTimeout(look, PAUSE);
})();
