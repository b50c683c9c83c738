// SPDX-License-Identifier: AGPL-3.0-or-later
// A roll call by keys: Z P W O N mark the vote of the row in focus and go on to the next; J and K go down and up.
// The keys work only while a vote has the focus (WCAG 2.1.4), never in a text field. Sums are counted as one goes.
(() => {
  "use strict";
  const box = document.querySelector("[data-ballots]");
  const sums = document.querySelector("[data-ballot-sum]");
  if (!box || !sums) return;
  const rows = [...box.querySelectorAll("[data-ballot]")];

  function count() {
    const found = { "": 0, present: 0 };
    for (const row of rows) {
      const vote = row.querySelector("input[type=radio]:checked")?.value || "";
      found[vote] = (found[vote] || 0) + 1;
      if (vote && vote !== "absent") found.present += 1;
    }
    for (const one of sums.querySelectorAll("[data-sum]")) one.textContent = found[one.dataset.sum] || 0;
    sums.classList.toggle("is-short", found[""] === 0 && found.present < Number(sums.dataset.quorum));
  }

  function go(from, step) {
    const next = rows[rows.indexOf(from) + step];
    const target = next?.querySelector("input[type=radio]:checked") || next?.querySelector("input[type=radio]");
    target?.focus();
    return Boolean(target);
  }

  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.type !== "radio") return;
    const row = event.target.closest("[data-ballot]");
    const key = event.key.toLowerCase();
    const vote = [...row.querySelectorAll("[data-vote]")].find((one) => one.dataset.vote === key);
    if (vote) {
      vote.checked = true;
      vote.focus();
      count();
      go(row, 1);
    } else if (key === "j") go(row, 1);
    else if (key === "k") go(row, -1);
    else return;
    event.preventDefault();
  });
  box.addEventListener("change", count);
  sums.hidden = false;
  document.querySelector("[data-ballot-keys]")?.removeAttribute("hidden");
  count();
})();
