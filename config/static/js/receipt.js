// SPDX-License-Identifier: AGPL-3.0-or-later
// Drives a receipt: verifies the record that stands in the page and shows the sentence of its verdict, then what was verified.
// It holds no words: every sentence and label is in the page, hidden. Needs verify.js before it.
(async () => {
  "use strict";
  const VERDICTS = ["none", "checking", "agrees", "disagrees", "unsupported"];
  const ZONE = document.documentElement.dataset.zone || "UTC";
  const find = (id) => document.getElementById(id);
  const show = (verdict) => { for (const one of VERDICTS) find("verdict-" + one).hidden = one !== verdict; };

  function recorded() {
    try {
      return Uint8Array.from(atob(find("record").textContent.trim()), (letter) => letter.charCodeAt(0));
    } catch { return new Uint8Array(); }
  }

  function instant(microseconds) {
    const when = new Date(Math.floor(microseconds / 1000));
    const format = new Intl.DateTimeFormat(document.documentElement.lang || undefined,
      { dateStyle: "long", timeStyle: "medium", timeZone: ZONE });
    return format.format(when) + " (" + ZONE + ")";
  }

  function fill(name, text) {                          // a row of the list: its label waits in the page
    const row = document.querySelector(`[data-row="${CSS.escape(name)}"]`);
    if (!row || text === undefined || text === null) return;
    row.querySelector("dd").textContent = String(text);
    row.hidden = false;
  }

  function addWord(field, text) {                      // labelled by the page when it knows the field, by the field's name when not
    const known = document.querySelector(`[data-label="${CSS.escape(field)}"]`);
    const row = find("word").content.cloneNode(true);
    row.querySelector("dt").textContent = known ? known.textContent : field;
    row.querySelector("dd").textContent = text ?? find("erased").textContent;
    find("facts").append(row);
  }

  function list({ index, hash, leaf, words }) {
    fill("number", leaf.facts?.number);
    fill("instant", instant(leaf.t_us));
    fill("place", index + 1);
    fill("fingerprint", hash);
    for (const [field, text] of Object.entries(words)) addWord(field, text);
    find("stated").hidden = true;
    find("verified").hidden = false;
  }

  show("checking");
  const verdict = await verifyRecord(recorded(), find("key").textContent.trim());
  if (verdict.ok) verdict.records.forEach(list);
  find("what").textContent = verdict.what;
  show(verdict.ok ? "agrees" : verdict.what === "unsupported" ? "unsupported" : "disagrees");
})();
