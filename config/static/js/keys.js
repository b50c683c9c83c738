// SPDX-License-Identifier: AGPL-3.0-or-later
// Single keys in a list: J/K down and up, X marks, other letters press what carries data-key in the same box.
// They work only while the focus is inside the box [data-keys], and can be switched off (WCAG 2.1.4).
(() => {
  "use strict";
  const STORE = "uwaga.keys";
  const stored = () => { try { return localStorage.getItem(STORE); } catch { return null; } };
  const store = (value) => { try { localStorage.setItem(STORE, value); } catch { /* private window: for this page only */ } };
  let on = stored() !== "off";

  const typing = (target) =>
    target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    (target.tagName === "INPUT" && target.type !== "checkbox");

  function start(box) {
    const rows = () => [...box.querySelectorAll("tbody tr, [data-row]")];
    const current = () => rows().findIndex((row) => row.classList.contains("is-cur") || row.contains(document.activeElement));
    const move = (step) => {
      const all = rows();
      if (!all.length) return;
      const focused = all.findIndex((row) => row.contains(document.activeElement));
      const from = focused >= 0 ? focused : current();
      const next = from < 0 ? 0 : Math.max(0, Math.min(all.length - 1, from + step));
      for (const row of all) row.classList.toggle("is-cur", row === all[next]);
      (all[next].querySelector("a") || all[next].querySelector("button, input"))?.focus();
    };
    const mark = () => {
      const check = rows()[current()]?.querySelector("input[type=checkbox]");
      if (check) check.click();
    };
    const press = (key) => {
      const target = [...box.querySelectorAll("[data-key]")].find((one) => one.dataset.key.toLowerCase() === key);
      if (target) target.click();
      return Boolean(target);
    };
    // Arrows go through the list only from within it: elsewhere they scroll what one reads.
    const act = (key, inList) => {
      if (key === "j" || (inList && key === "arrowdown")) move(1);
      else if (key === "k" || (inList && key === "arrowup")) move(-1);
      else if (key === "x") mark();
      else return /^[a-z]$/.test(key) && press(key);
      return true;
    };
    box.addEventListener("keydown", (event) => {
      if (!on || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      const inList = rows().some((row) => row.contains(event.target));
      if (act(event.key.toLowerCase(), inList)) event.preventDefault();
    });
    box.addEventListener("change", (event) => {
      if (event.target.matches("tbody input[type=checkbox]"))
        event.target.closest("tr").classList.toggle("is-sel", event.target.checked);
    });
  }

  function label() {
    for (const button of document.querySelectorAll("[data-keys-toggle]")) {
      button.hidden = false;
      button.textContent = on ? button.dataset.off : button.dataset.on;
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const box of document.querySelectorAll("[data-keys]")) start(box);
    for (const button of document.querySelectorAll("[data-keys-toggle]"))
      button.addEventListener("click", () => { on = !on; store(on ? "on" : "off"); label(); });
    label();
  });
})();
