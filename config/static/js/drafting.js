// SPDX-License-Identifier: AGPL-3.0-or-later
// While one writes a comment: it is kept on the server, and in this browser until the server has it.
(() => {
  "use strict";
  const PAUSE = 2000;       // milliseconds without typing before the server is asked
  const FIELDS = ["in_name_of", "kind", "proposed_wording", "reasons", "named"];
  const PLACE = "uwaga.draft.";
  const store = (() => { try { return window.localStorage; } catch { return null; } })();

  // What the page came with, whatever was typed before this script has come.
  function sent(one) {
    if (one instanceof RadioNodeList) return [...one].find((radio) => radio.defaultChecked)?.value ?? "";
    if (one.type === "checkbox") return one.defaultChecked ? "on" : "";
    if (one.options) return ([...one.options].find((option) => option.defaultSelected) ?? one.options[0])?.value ?? "";
    return one.defaultValue;
  }

  function follow(form) {
    const status = form.querySelector("[data-draft-status]");
    const offer = form.querySelector("[data-draft-offer]");
    const place = `${PLACE}${form.dataset.draftOwner}.${form.dataset.draft}`;
    const control = (name) => form.elements[name];
    const value = (one) => one.type === "checkbox" ? (one.checked ? "on" : "") : one.value;
    const typed = () => Object.fromEntries(FIELDS.filter(control).map((name) => [name, value(control(name))]));
    let kept = JSON.stringify(Object.fromEntries(FIELDS.filter(control).map((name) => [name, sent(control(name))])));
    let timer = 0, saving = null, stopped = false;

    const say = (words) => { if (status && status.textContent !== words) status.textContent = words; };
    const remember = () => {
      try { store?.setItem(place, JSON.stringify({ key: control("key").value, version: control("version").value, typed: typed() })); } catch { /* full or forbidden: the server has it soon */ }
    };
    const forget = () => { try { store?.removeItem(place); } catch { /* nothing to forget */ } };

    async function send() {
      const now = typed(), text = JSON.stringify(now);
      if (text === kept || stopped) return;
      const body = new URLSearchParams({ csrfmiddlewaretoken: control("csrfmiddlewaretoken").value, key: control("key").value, version: control("version").value, ...now });
      if (!now.named) body.delete("named");
      try {
        const answer = await fetch(form.dataset.draft, { method: "POST", body, credentials: "same-origin", redirect: "error" });
        if (!answer.ok) {
          stopped = answer.status === 409;
          throw new Error(answer.headers.get("content-type")?.startsWith("text/plain") ? await answer.text() : "");
        }
        const told = await answer.json();
        control("version").value = told.version;
        kept = text;
        if (JSON.stringify(typed()) === text) forget(); else remember();
        say(told.words);
      } catch (trouble) {
        say(trouble instanceof TypeError || !trouble.message ? status.dataset.lostWords : trouble.message);
      }
    }
    function save() {
      if (saving) return saving.then(soon);
      saving = send().finally(() => { saving = null; });
      return saving;
    }
    const soon = () => { clearTimeout(timer); timer = setTimeout(save, PAUSE); };
    const changed = () => { remember(); soon(); };

    form.addEventListener("input", (event) => { if (FIELDS.includes(event.target.name)) changed(); });
    // What is on its way to the server arrives first, so that the form is not sent against itself.
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      if (!saving) return;
      event.preventDefault();
      saving.finally(() => form.requestSubmit(event.submitter));
    });

    let left = null;
    const early = JSON.stringify(typed()) !== kept;
    try { left = JSON.parse(store?.getItem(place) ?? "null"); } catch { forget(); }
    if (early) return changed();
    if (!left || JSON.stringify(left.typed) === kept) return forget();
    if (!offer || (control("version").value && left.key !== control("key").value)) return;
    offer.hidden = false;
    offer.querySelector("[data-draft-restore]").addEventListener("click", () => {
      for (const [name, words] of Object.entries(left.typed)) {
        const one = control(name);
        if (!one) continue;
        if (one.type === "checkbox") one.checked = words === "on"; else one.value = words;
      }
      control("key").value = left.key;
      control("version").value = left.version;
      offer.hidden = true;
      changed();
      control("reasons").focus();
      control("kind").dispatchEvent(new Event("input", { bubbles: true }));
    });
    offer.querySelector("[data-draft-forget]").addEventListener("click", () => {
      forget();
      offer.hidden = true;
      control("reasons").focus();
    });
  }

  // The page that confirms a filing: nothing of that comment stays in this browser.
  function clear(key) {
    for (const place of Object.keys(store ?? {}).filter((name) => name.startsWith(PLACE))) {
      try { if (JSON.parse(store.getItem(place)).key === key) store.removeItem(place); } catch { store.removeItem(place); }
    }
  }

  for (const one of document.querySelectorAll("[data-draft-filed]")) clear(one.dataset.draftFiled);
  for (const form of document.querySelectorAll("form[data-draft]")) follow(form);
})();
