// A page completes its own address once it has drawn (ui/address.py). That is no step of the reader's: the completed
// address takes the place of the short one in the browser's history, so that one step back leaves the page.
"use strict";

{
  const push = history.pushState.bind(history);
  let touched = false; // whether the reader has done anything since the page was opened
  let gone = false; // whether she went here by a link or a step back, and the server has not answered for it yet

  for (const deed of ["pointerdown", "keydown", "click", "input"]) {
    addEventListener(deed, ({ target }) => {
      touched = true;
      if (target !== document.body && !target.closest?.("a[href]")) gone = false;
    }, { capture: true, passive: true });
  }
  addEventListener("popstate", () => { gone = true; }, { capture: true });

  const opens = (address) => new URL(address, location.href).pathname !== location.pathname;

  // Whether the new address only says more of the same view.
  const completes = (address) => {
    const from = new URL(location.href);
    const to = new URL(address, from);
    return [...from.searchParams].every(([name, value]) => to.searchParams.get(name) === value);
  };

  history.pushState = (state, title, address) => {
    if (!address || opens(address)) {
      touched = false;
      gone = Boolean(address);
      return push(state, title, address);
    }
    if (state === "link") { // her own step (links.js), though the short address may not have been completed yet
      return address === location.href ? undefined : push(state, title, address);
    }
    if (completes(address)) {
      gone = false;
      return history.replaceState(state, title, address);
    }
    // The view she has left may still say its last word when the next one is asked for: it would be a step in the
    // history that she never took, and a step back would lead there.
    if (gone) return undefined;
    return touched ? push(state, title, address) : history.replaceState(state, title, address);
  };
}
