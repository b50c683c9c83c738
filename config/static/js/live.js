// SPDX-License-Identifier: AGPL-3.0-or-later
// Says that there is something newer, and nothing else: a socket brings {"topic", "n"}, the page compares n with what it shows.
// Nothing on the page moves by itself: the bell's number changes, a banner appears in the place kept for it.
(() => {
  "use strict";
  const SECOND = 1000;
  const FIRST_WAIT = 1 * SECOND, LONGEST_WAIT = 30 * SECOND;   // between attempts to open the socket
  const POLL_EVERY = 60 * SECOND;                              // when no socket can be opened
  const REFUSALS = 3;                                          // attempts that never opened, before we ask over HTTP
  const STEADY = 10 * SECOND;                                  // open for so long: the next break starts from FIRST_WAIT
  const SPEAK_EVERY = 10 * SECOND;                             // at most one announcement to a screen reader

  const body = document.body;
  const topics = (body.dataset.liveTopics || "").split(/\s+/).filter(Boolean);
  if (!body.dataset.live || !topics.length) return;
  const query = "?topics=" + topics.map(encodeURIComponent).join(",");
  const status = document.querySelector("[data-live-status]");
  const announcer = document.querySelector("[data-live-announcer]");
  const reload = document.querySelector("[data-live-reload]");

  // -- what the page shows ------------------------------------------------------------------------------
  const plural = new Intl.PluralRules(document.documentElement.lang || "pl");
  function worded(element, count) {
    const text = element.dataset[plural.select(count)] || element.dataset.many || "%n";
    return text.replace("%n", String(count));
  }

  let spokenAt = -SPEAK_EVERY, waiting = null, timer = 0;
  function speak(text) {
    waiting = text;
    if (timer) return;
    timer = setTimeout(() => {
      timer = 0; spokenAt = performance.now();
      if (announcer) announcer.textContent = waiting;
    }, Math.max(0, spokenAt + SPEAK_EVERY - performance.now()));
  }

  function showState(name) {
    if (!status) return;
    const text = status.dataset[name];
    status.hidden = false;
    status.classList.toggle("is-off", name !== "on");
    if (status.textContent !== text) status.textContent = text;
  }

  function showBell(bell, more) {
    bell.textContent = String(Number(bell.dataset.liveUnread || 0) + more);
  }

  function showBanner(banner, more, restored) {
    const text = banner.querySelector("[data-live-text]");
    const words = restored ? banner.dataset.reset || "" : worded(banner, more);
    const same = !banner.hidden && text && text.textContent === words;
    if (text) text.textContent = words;
    banner.hidden = false;
    if (!same) speak(words);
  }

  function hear(topic, n) {
    for (const element of document.querySelectorAll("[data-live-counter]")) {
      if (element.dataset.liveCounter !== topic) continue;
      const more = n - Number(element.dataset.liveSeen || 0);
      if (element.hasAttribute("data-live-unread")) {
        if (more >= 0) showBell(element, more);
        else if (reload) reload.hidden = false;
      } else if (more !== 0) showBanner(element, more, more < 0);
      else element.hidden = true;
    }
  }

  function frame(topic, n) {
    if (typeof topic === "string" && topics.includes(topic) && Number.isSafeInteger(n) && n >= 0) hear(topic, n);
  }

  // -- over HTTP, when there is no socket -------------------------------------------------------------------
  let polling = 0;
  async function poll() {
    try {
      const answer = await fetch((body.dataset.livePoll || "/na-zywo/") + query,
        { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      for (const [topic, n] of Object.entries(await answer.json())) frame(topic, n);
      if (polling) showState("poll");
    } catch { if (polling) showState("off"); }
  }
  function startPolling() {
    if (polling) return;
    polling = setInterval(poll, POLL_EVERY);
    poll();
  }
  function stopPolling() { clearInterval(polling); polling = 0; }

  // -- over the socket ---------------------------------------------------------------------------------------
  let socket = null, tries = 0, refused = 0, again = 0, steady = 0;
  function backOff() {
    const ceiling = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries + 1));
    tries += 1;
    return FIRST_WAIT + Math.random() * (ceiling - FIRST_WAIT);
  }
  function reopen() {
    clearTimeout(again);
    again = setTimeout(open, backOff());
    if (refused >= REFUSALS) startPolling();
    if (!polling) showState("off");
  }
  function open() {
    clearTimeout(again);
    const address = new URL(body.dataset.live + query, location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    let opened = false;
    let mine;
    try { mine = socket = new WebSocket(address); } catch { refused = REFUSALS; reopen(); return; }
    mine.addEventListener("open", () => {
      opened = true; refused = 0;
      stopPolling(); showState("on");
      steady = setTimeout(() => { tries = 0; }, STEADY);
    });
    mine.addEventListener("message", (event) => {
      let said;
      try { said = JSON.parse(event.data); } catch { return; }
      frame(said?.topic, said?.n);
    });
    mine.addEventListener("close", () => {
      if (mine !== socket) return;
      socket = null;
      clearTimeout(steady);
      if (!opened) refused += 1;
      reopen();
    });
  }

  function leave() {
    const old = socket;
    socket = null;                       // its close event is no break any more
    clearTimeout(again); clearTimeout(steady); stopPolling();
    old?.close();
  }
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => { if (event.persisted) { tries = 0; open(); } });
  addEventListener("online", () => { if (!socket) { tries = 0; reopen(); } });
  open();
})();
