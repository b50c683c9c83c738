// SPDX-License-Identifier: AGPL-3.0-or-later
// «Insert»: puts words that stand on the page already into the reasons; without scripts the button asks the server.
(() => {
  "use strict";
  function insert(form, words, outcome) {
    const target = form.elements.reasons;
    const before = target.value.trimEnd();
    target.value = before ? `${before}\n\n${words}` : words;
    const radios = [...form.querySelectorAll("input[name=outcome]")];
    const wanted = radios.find((one) => outcome && one.value === outcome);
    if (wanted && !radios.some((one) => one.checked)) wanted.checked = true;
    target.dispatchEvent(new Event("input", { bubbles: true }));
    target.focus();
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=wstaw], button[name=przejmij]");
    if (!button || !button.form || !button.form.elements.reasons) return;
    const chosen = button.name === "wstaw" ? button.form.elements.phrase?.selectedOptions[0] : button;
    const words = chosen?.dataset.text;
    event.preventDefault();
    if (words) insert(button.form, words, chosen.dataset.outcome);
  });
})();
