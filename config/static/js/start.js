// SPDX-License-Identifier: AGPL-3.0-or-later
// First script of every page: says that scripts run, starts govuk-frontend when the page is there, lets buttons print.
(() => {
  "use strict";
  document.body.classList.add("js-enabled");
  if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");

  document.addEventListener("DOMContentLoaded", () => {
    if (matchMedia("(max-width:800px)").matches) {
      for (const fold of document.querySelectorAll("details.uw-fold")) fold.open = false;
    }
    for (const button of document.querySelectorAll("[data-print]")) {
      button.hidden = false;
      button.addEventListener("click", () => print());
    }
    window.GOVUKFrontend?.initAll();
  });
})();
