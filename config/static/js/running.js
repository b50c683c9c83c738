// SPDX-License-Identifier: AGPL-3.0-or-later
// How far a run is, once a second until it ends. Without this script a link does it.
(() => {
  "use strict";
  const PAUSE = 1000;     // milliseconds between two looks
  const shown = document.querySelector("[data-progress][data-running]");
  const link = document.querySelector("[data-refresh]");
  if (!shown) return;
  async function look() {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", redirect: "error" });
      if (!answer.ok) { link?.removeAttribute("hidden"); setTimeout(look, 10 * PAUSE); return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const news = page.querySelector("[data-progress]");
      if (!news || !news.hasAttribute("data-running")) { location.reload(); return; }
      link?.setAttribute("hidden", "");
      shown.replaceChildren(...news.childNodes);
    } catch { /* no network: the next look asks again */ }
    setTimeout(look, PAUSE);
  }
  link?.setAttribute("hidden", "");
  setTimeout(look, PAUSE);
})();
