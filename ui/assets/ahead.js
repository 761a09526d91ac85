// What the server has sent ahead of the page (ui/ahead.py) goes once the page's own heading stands in its place.
"use strict";

{
  const OWN = "[data-testid='stMain'] :is(h1, [data-testid='stAlert'], .page-foot)";
  new MutationObserver((_, watch) => {
    if (!document.querySelector(OWN)) return;
    document.querySelector(".ahead")?.remove();
    watch.disconnect();
  }).observe(document.documentElement, { childList: true, subtree: true });
}
