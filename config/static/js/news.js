// SPDX-License-Identifier: AGPL-3.0-or-later
// When live.js says that there are new events, asks how many comments of this very list they concern, and says so in
// words; the list itself stays. «Show» loads it again with the same filters, and what was chosen stays chosen.
(() => {
  "use strict";
  const PAUSE = 3000, STORE = "uwaga.chosen";
  const place = document.querySelector("[data-news]");
  const banner = document.querySelector(".uw-newrows[data-live-counter]");
  if (!place || !banner) return;
  let timer = 0;

  async function ask() {
    timer = 0;
    if (banner.hidden) { place.textContent = ""; return; }
    try {
      const reply = await fetch(place.dataset.news, { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" });
      const said = reply.ok ? (await reply.json()).words : "";
      if (said && place.textContent !== said) place.textContent = said;
    } catch { /* the banner alone says that there is something */ }
  }
  new MutationObserver(() => { if (!timer) timer = setTimeout(ask, PAUSE); })
    .observe(banner, { attributes: true, childList: true, subtree: true, characterData: true });

  const boxes = () => [...document.querySelectorAll("tbody input[type=checkbox][name=uwaga]")];
  banner.querySelector("a")?.addEventListener("click", () => {
    const chosen = boxes().filter((box) => box.checked).map((box) => box.value);
    try { sessionStorage.setItem(STORE, JSON.stringify({ at: location.href.split("#")[0], chosen })); } catch { /* private window */ }
  });
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORE) || "null");
    sessionStorage.removeItem(STORE);
    if (kept && kept.at === location.href.split("#")[0])
      for (const box of boxes()) if (kept.chosen.includes(box.value)) { box.checked = true; box.closest("tr").classList.add("is-sel"); }
  } catch { /* nothing was kept */ }
})();
