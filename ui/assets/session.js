// A page that was open while the server was restarted, or out of touch for too long, belongs to a session the server no
// longer has: downloads fail and a chosen file is lost. When the connection is back the server is asked; a lost page is
// loaded again (its choices stand in the address), or asks for it where that could lose what the reader has done.
"use strict";

{
  const ASK = new URL("./page-session", document.currentScript.src);
  const CONNECTION = "data-test-connection-state";
  const LAST = "page-session-reloaded"; // when this tab was last loaded again by itself
  const SOON = 60_000; // milliseconds within which it is not done twice, should the server keep forgetting its pages
  const FIELDS = "textarea, input:not([role='combobox'], [type='checkbox'], [type='radio'], [type='range'])";
  const typed = new Set();
  let away = false;

  const unsaved = () => document.querySelector("[data-testid='stFileChip']")
    || [...typed].some((field) => field.isConnected && field.value);

  const lost = () => {
    if (unsaved() || Date.now() - Number(sessionStorage.getItem(LAST)) < SOON) {
      document.documentElement.dataset.sessionLost = "";
      return;
    }
    sessionStorage.setItem(LAST, String(Date.now()));
    location.reload();
  };

  const ask = async () => {
    ASK.searchParams.set("session", document.querySelector("[data-page-session]")?.dataset.pageSession ?? "");
    if ((await fetch(ASK)).status === 410) lost();
  };

  new MutationObserver(() => {
    const state = document.querySelector(`[${CONNECTION}]`)?.getAttribute(CONNECTION);
    if (state === "CONNECTED" && away) ask().catch(() => {}); // gone again: asked at the next connection
    away = state !== "CONNECTED" && (away || Boolean(document.querySelector("[data-page-session]")));
  }).observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: [CONNECTION] });

  addEventListener("input", (event) => {
    if (event.target instanceof Element && event.target.matches(FIELDS)) typed.add(event.target);
  }, { capture: true, passive: true });

  addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest(".session-lost button")) location.reload();
  });
}
